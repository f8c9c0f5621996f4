import express from "express";
import { requests } from "../generated/dev-requests.ts";
import { dropBody, parseBody } from "../http/bodies.ts";
import type { Dialect, Exchange, Operation } from "../http/dialect.ts";
import type { Context } from "./context.ts";
import { refuse } from "./errors.ts";
import { checkLocal } from "./local.ts";
import { operations } from "./operations.ts";
import { send } from "./send.ts";
import type { World } from "./world.ts";
import type { Worlds } from "./worlds.ts";

const json = express.json({ limit: 100_000, strict: true });

/** The controls of one world. */
export function dev(world: World, worlds: Worlds): Dialect<Context> {
  return {
    name: "dev",
    document: requests,
    handlers: operations,
    security: {},
    hot: [],
    begin: (exchange) => ({ world, worlds, exchange }),
    admit: async ({ req }) => checkLocal(req),
    read,
    send,
    refuse,
  };
}

/** Whatever its Content-Type says, a body is read as JSON, so that curl's -d works. */
async function read(exchange: Exchange<Context>, { schema }: Operation): Promise<void> {
  if (schema.requestBody === undefined) return dropBody(exchange);
  await parseBody(exchange, "application/json", json);
}
