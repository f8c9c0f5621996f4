import { databaseUrl, wholeNumber } from "./parsers.ts";
import { optional, setting } from "./setting.ts";

/** Which database a server uses, where it is not the file in the data directory. */
export const DATABASE_SETTINGS = {
  database: optional({
    name: "database",
    placeholder: "url",
    description:
      "PostgreSQL database that several servers share, as postgres://user@host/name; a password belongs in FOLLOWD_DATABASE, ~/.pgpass or PGPASSWORD; default: followd.db in the data directory",
    parse: databaseUrl,
  }),
  databaseConnections: setting({
    name: "database-connections",
    default: 12,
    placeholder: "number",
    description:
      "connections of this server to PostgreSQL; those of all servers together stay below its max_connections",
    parse: wholeNumber(5, 1000),
  }),
  databaseWait: setting({
    name: "database-wait",
    default: 30,
    placeholder: "seconds",
    description: "seconds that a start waits for a PostgreSQL that is not there yet",
    parse: wholeNumber(0, 86_400),
  }),
} as const;
