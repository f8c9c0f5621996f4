import type { Command } from "commander";

/** Loads every verb, for the one that prints what a shell completes. */
type LoadAll = () => Promise<Command[]>;

interface Verb {
  /** The heading in help. */
  group: string;
  summary: string;
  /** Only the command that runs is loaded: most need half of the program. */
  load: () => Promise<{ command: (loadAll: LoadAll) => Command }>;
}

const SERVING = "To serve:";
const PEOPLE = "Users and tokens:";
const DATA = "To keep data:";
const PROGRAM = "About the program:";

export const VERBS: Readonly<Record<string, Verb>> = {
  serve: { group: SERVING, summary: "answer requests", load: () => import("./commands/serve.ts") },
  dev: {
    group: SERVING,
    summary: "serve from memory, with users and tokens, for tests",
    load: () => import("./commands/dev.ts"),
  },
  healthcheck: {
    group: SERVING,
    summary: "check whether a server is ready",
    load: () => import("./commands/healthcheck.ts"),
  },
  user: {
    group: PEOPLE,
    summary: "create, list, show and delete users",
    load: () => import("./commands/user.ts"),
  },
  token: {
    group: PEOPLE,
    summary: "create, list and revoke tokens",
    load: () => import("./commands/token.ts"),
  },
  audit: {
    group: PEOPLE,
    summary: "print who did what",
    load: () => import("./commands/audit.ts"),
  },
  import: {
    group: DATA,
    summary: "load users, follows or events from a file",
    load: () => import("./commands/import.ts"),
  },
  export: {
    group: DATA,
    summary: "write follows or users to a file",
    load: () => import("./commands/export.ts"),
  },
  graph: {
    group: DATA,
    summary: "answer questions about who follows whom",
    load: () => import("./commands/graph.ts"),
  },
  backup: {
    group: DATA,
    summary: "copy the database to one file",
    load: () => import("./commands/backup.ts"),
  },
  restore: {
    group: DATA,
    summary: "put a backup in place",
    load: () => import("./commands/restore.ts"),
  },
  move: {
    group: DATA,
    summary: "move everything from SQLite to PostgreSQL, or back",
    load: () => import("./commands/move.ts"),
  },
  doctor: {
    group: DATA,
    summary: "find what is wrong with the data, and repair it",
    load: () => import("./commands/doctor.ts"),
  },
  config: {
    group: PROGRAM,
    summary: "print the settings, or write a file of them",
    load: () => import("./commands/config.ts"),
  },
  completion: {
    group: PROGRAM,
    summary: "print completion for a shell",
    load: () => import("./commands/completion.ts"),
  },
  version: {
    group: PROGRAM,
    summary: "print the version",
    load: () => import("./commands/version.ts"),
  },
};

/** That of `help`, which commander makes. */
export const HELP_GROUP = PROGRAM;

/** A verb with all that is below it. */
export async function loadVerb(name: string, { summary, group, load }: Verb): Promise<Command> {
  const { command } = await load();
  return command(loadAll).name(name).summary(summary).helpGroup(group);
}

const loadAll: LoadAll = () =>
  Promise.all(Object.entries(VERBS).map((entry) => loadVerb(...entry)));
