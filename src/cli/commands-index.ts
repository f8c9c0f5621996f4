import type { Command } from "commander";

export interface Verb {
  /** Under which heading help tells it. */
  group: string;
  summary: string;
  /** Only the verb that is asked for is loaded, as most of them need half of the program. */
  load: () => Promise<{ command: () => Command }>;
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
    summary: "ask a server whether it is ready",
    load: () => import("./commands/healthcheck.ts"),
  },
  user: {
    group: PEOPLE,
    summary: "make, list, show and delete users",
    load: () => import("./commands/user.ts"),
  },
  token: {
    group: PEOPLE,
    summary: "make, list and revoke tokens",
    load: () => import("./commands/token.ts"),
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
  doctor: {
    group: DATA,
    summary: "look for what is wrong, and mend it",
    load: () => import("./commands/doctor.ts"),
  },
  config: {
    group: PROGRAM,
    summary: "show the settings, or begin a file of them",
    load: () => import("./commands/config.ts"),
  },
  completion: {
    group: PROGRAM,
    summary: "teach a shell to complete command lines",
    load: () => import("./commands/completion.ts"),
  },
  version: {
    group: PROGRAM,
    summary: "tell the version",
    load: () => import("./commands/version.ts"),
  },
};

/** That of `help`, which commander makes. */
export const HELP_GROUP = PROGRAM;

/** A verb with all that is below it. */
export async function loadVerb(name: string, { summary, group, load }: Verb): Promise<Command> {
  const { command } = await load();
  return command().name(name).summary(summary).helpGroup(group);
}
