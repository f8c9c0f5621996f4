import type * as Driver from "drizzle-orm/node-postgres";
import type * as Postgres from "drizzle-orm/pg-core";
import { require } from "../../require.ts";

/** Drizzle's part for PostgreSQL, which a server on SQLite does not load. */
export const pg = require("drizzle-orm/pg-core") as typeof Postgres;
export const { drizzle } = require("drizzle-orm/node-postgres") as typeof Driver;
