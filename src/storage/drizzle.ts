import type * as Orm from "drizzle-orm";
import type * as Driver from "drizzle-orm/better-sqlite3";
import type * as Sqlite from "drizzle-orm/sqlite-core";
import { require } from "../require.ts";

/**
 * Drizzle as CommonJS. As ES modules it is some two hundred files, for each of which node reads
 * the package's 180 KB manifest again: that alone took as long as the rest of a start.
 */
const orm = require("drizzle-orm") as typeof Orm;
const sqlite = require("drizzle-orm/sqlite-core") as typeof Sqlite;

export const { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt } = orm;
export const { DrizzleQueryError, getTableColumns, like, lte, max, ne, not, or, sql } = orm;
export const { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } = sqlite;
export const { drizzle } = require("drizzle-orm/better-sqlite3") as typeof Driver;

export type { Placeholder, SQL } from "drizzle-orm";
