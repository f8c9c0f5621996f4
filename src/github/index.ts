import express from "express";
import { requests } from "../generated/github-requests.ts";
import { dropBody, parseBody } from "../http/bodies.ts";
import type { Dialect, Exchange, Operation } from "../http/dialect.ts";
import { originOf } from "../http/origin.ts";
import type { People } from "../people/people.ts";
import { operations } from "./operations.ts";
import { admit } from "./wire/admit.ts";
import type { Context, GitHubSettings } from "./wire/context.ts";
import { refuse } from "./wire/errors.ts";
import { faults } from "./wire/faults.ts";
import { PLAIN_MEDIA_TYPE } from "./wire/negotiation.ts";
import { preflight } from "./wire/preflight.ts";
import { holds, permits } from "./wire/scopes.ts";
import { send } from "./wire/send.ts";

const JSON_TYPE = "application/json";
const LARGEST_BODY = 100 * 1024;

/** GitHub's REST API as Enterprise Server speaks it. */
export function github(people: People, settings: GitHubSettings): Dialect<Context> {
  return {
    name: "github",
    document: requests,
    handlers: operations,
    security: {
      token: ({ context: { caller } }, scopes) =>
        caller !== undefined && caller.permissions === null && holds(caller, scopes),
      permission: ({ context: { caller } }, words) =>
        caller !== undefined && permits(caller, words),
    },
    read,
    hot: [
      "users/list-followers-for-user",
      "users/list-following-for-user",
      "users/list-followers-for-authenticated-user",
      "users/list-followed-by-authenticated-user",
      "users/check-person-is-followed-by-authenticated",
      "users/follow",
      "users/unfollow",
      "users/get-authenticated",
      "users/get-by-username",
    ],
    claim: ({ headers }) =>
      headers["x-github-api-version"] !== undefined || headers.accept?.includes("vnd.github")
        ? 2
        : 0,
    begin: (exchange) => begin(people, settings, exchange),
    preflight,
    faults,
    admit,
    send,
    refuse,
  };
}

/** GitHub reads every body as JSON, whatever its Content-Type says: curl's -d works. */
const json = express.json({ limit: LARGEST_BODY, strict: false });

async function read(exchange: Exchange<Context>, { schema }: Operation): Promise<void> {
  if (schema.requestBody === undefined) return dropBody(exchange);
  await parseBody(exchange, JSON_TYPE, json);
  const { req } = exchange;
  if (schema.requestBody.required === true && req.body === undefined) req.body = {};
}

function begin(
  people: People,
  settings: GitHubSettings,
  exchange: Omit<Exchange, "context">,
): Context {
  return {
    people,
    settings,
    exchange,
    base: people.caches.base(
      exchange.dialect,
      originOf(exchange.req, settings.publicUrl),
      exchange.prefix,
    ),
    requestId: people.random.uuid(),
    caller: undefined,
    mediaType: PLAIN_MEDIA_TYPE,
    versionJudged: false,
    spent: undefined,
  };
}
