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
  serve: { group: SERVING, summary: "answer requests", load: () => import("./serve.ts") },
  dev: {
    group: SERVING,
    summary: "serve from memory, with users and tokens, for tests",
    load: () => import("./dev.ts"),
  },
  healthcheck: {
    group: SERVING,
    summary: "ask a server whether it is ready",
    load: () => import("./healthcheck.ts"),
  },
  user: {
    group: PEOPLE,
    summary: "make, list, show and delete users",
    load: () => import("./user.ts"),
  },
  token: {
    group: PEOPLE,
    summary: "make, list and revoke tokens",
    load: () => import("./token.ts"),
  },
  import: {
    group: DATA,
    summary: "load follows or events from a file",
    load: () => import("./import.ts"),
  },
  export: {
    group: DATA,
    summary: "write follows or users to a file",
    load: () => import("./export.ts"),
  },
  backup: {
    group: DATA,
    summary: "copy the database to one file",
    load: () => import("./backup.ts"),
  },
  restore: { group: DATA, summary: "put a backup in place", load: () => import("./restore.ts") },
  doctor: {
    group: DATA,
    summary: "look for what is wrong, and mend it",
    load: () => import("./doctor.ts"),
  },
  config: {
    group: PROGRAM,
    summary: "show the settings, or begin a file of them",
    load: () => import("./config.ts"),
  },
  completion: {
    group: PROGRAM,
    summary: "teach a shell to complete command lines",
    load: () => import("./completion.ts"),
  },
  version: { group: PROGRAM, summary: "tell the version", load: () => import("./version.ts") },
};

/** That of `help`, which commander makes. */
export const HELP_GROUP = PROGRAM;

/** A verb with all that is below it. */
export async function loadVerb(name: string, { summary, group, load }: Verb): Promise<Command> {
  const { command } = await load();
  return command().name(name).summary(summary).helpGroup(group);
}
