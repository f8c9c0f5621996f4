import express from "express";
import type { Store } from "../domain/store.ts";
import { requests } from "../generated/github-requests.ts";
import { dropBody, parseBody } from "../http/body-parsing.ts";
import type { Dialect, Exchange, Operation } from "../http/dialect.ts";
import { originOf } from "../http/public-origin.ts";
import { requestIdOf } from "../http/request-id.ts";
import { verifyJson } from "../http/utf8.ts";
import { authenticate } from "./http/authenticate.ts";
import { PLAIN_MEDIA_TYPE } from "./http/content-negotiation.ts";
import type { Context, GitHubSettings } from "./http/context.ts";
import { preflight } from "./http/cors.ts";
import { faults } from "./http/faults.ts";
import { renderError } from "./http/render-error.ts";
import { hasPermission, hasScope } from "./http/scopes.ts";
import { sendResponse } from "./http/send-response.ts";
import { operations } from "./operations/index.ts";
import { DEFAULT_API_VERSION } from "./versions.ts";

const JSON_TYPE = "application/json";
const MAX_BODY_BYTES = 100 * 1024;

/** GitHub's REST API as Enterprise Server speaks it. */
export function github(store: Store, settings: GitHubSettings): Dialect<Context> {
  return {
    name: "github",
    document: requests,
    handlers: operations,
    security: {
      token: ({ context: { caller } }, scopes) =>
        caller !== undefined && caller.permissions === null && hasScope(caller, scopes),
      permission: ({ context: { caller } }, words) =>
        caller !== undefined && hasPermission(caller, words),
    },
    parseRequest: read,
    preloadedOperations: [
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
    affinity: ({ headers }) =>
      headers["x-github-api-version"] !== undefined || headers.accept?.includes("vnd.github")
        ? 2
        : 0,
    createContext: (exchange) => createContext(store, settings, exchange),
    preflight,
    faults,
    authenticate,
    sendResponse,
    renderError,
  };
}

/** GitHub reads every body as JSON with any Content-Type: curl's -d works. */
const json = express.json({ limit: MAX_BODY_BYTES, strict: false, verify: verifyJson });

function read(exchange: Exchange<Context>, { schema }: Operation): void | Promise<void> {
  if (schema.requestBody === undefined) dropBody(exchange);
  else return readBody(exchange, schema.requestBody);
}

async function readBody(
  exchange: Exchange<Context>,
  { required }: NonNullable<Operation["schema"]["requestBody"]>,
): Promise<void> {
  await parseBody(exchange, JSON_TYPE, json);
  const { req } = exchange;
  if (required === true && req.body === undefined) req.body = {};
}

function createContext(
  store: Store,
  settings: GitHubSettings,
  exchange: Omit<Exchange, "context">,
): Context {
  return {
    store,
    settings,
    exchange,
    base: store.responses.base(
      exchange.dialect,
      originOf(exchange.req, settings.publicUrl),
      exchange.prefix,
    ),
    requestId: requestIdOf(exchange.req, store.random),
    caller: undefined,
    mediaType: PLAIN_MEDIA_TYPE,
    apiVersion: DEFAULT_API_VERSION,
    versionJudged: false,
    spent: undefined,
  };
}
