import express from "express";
import { requests } from "../generated/dev-requests.ts";
import { dropBody, parseBody } from "../http/body-parsing.ts";
import type { Dialect, Exchange, Operation } from "../http/dialect.ts";
import { verifyJson } from "../http/utf8.ts";
import type { Context, WorldList } from "./http/context.ts";
import { checkLocal, checkToken } from "./http/loopback.ts";
import { renderError } from "./http/render-error.ts";
import { sendResponse } from "./http/send-response.ts";
import { operations } from "./operations/index.ts";
import type { World } from "./world.ts";

const json = express.json({ limit: 1_000_000, strict: true, verify: verifyJson });

/** The controls of one world. */
export function dev(world: World, worlds: WorldList): Dialect<Context> {
  return {
    name: "dev",
    document: requests,
    handlers: operations,
    security: {},
    preloadedOperations: [],
    createContext: (exchange) => ({ world, worlds, exchange }),
    authenticate: async ({ req }) => {
      const { controlToken } = world.origin.config;
      if (controlToken === undefined) checkLocal(req);
      else checkToken(req, controlToken);
    },
    parseRequest: read,
    sendResponse,
    renderError,
  };
}

/** A body is read as JSON with any Content-Type, so that curl's -d works. */
async function read(exchange: Exchange<Context>, { schema }: Operation): Promise<void> {
  if (schema.requestBody === undefined) return dropBody(exchange);
  await parseBody(exchange, "application/json", json);
}
