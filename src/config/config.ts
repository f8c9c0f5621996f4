import type { Setting } from "./setting.ts";
import { SETTINGS } from "./settings.ts";
import { nearest } from "./suggest.ts";

export type Key = keyof typeof SETTINGS;

/** How an operator wants the program to run. */
export type Config = {
  -readonly [K in Key]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};

const entries = Object.entries(SETTINGS) as [Key, Setting][];

export const defaultConfig = Object.fromEntries(
  entries.map(([key, { default: initial }]) => [key, initial]),
) as Config;

const PREFIX = "FOLLOWD_";

/** Names a file of settings; no setting itself, as a file can't name another. */
export const CONFIG_VARIABLE = "FOLLOWD_CONFIG";

/** The name of a setting in the environment. */
export const variableOf = ({ name }: Pick<Setting, "name">): string =>
  PREFIX + name.replaceAll("-", "_").toUpperCase();

/** The variable that names a file with a secret. */
const fileVariableOf = (one: Setting): string => `${variableOf(one)}_FILE`;

export type Environment = Readonly<Record<string, string | undefined>>;
/** What was given as flags; yes-or-no flags as they stand, all others as text. */
export type Flags = { readonly [K in Key]?: string | boolean | undefined };

/** Something that was given and can't be used, under the name by which it was given. */
export interface ConfigProblem {
  key: string;
  problem: string;
}

/** Reads flags, then the environment, then defaults; complains of everything that it can't use. */
export function readConfig(
  flags: Flags,
  env: Environment,
): { config: Config } | { complaints: ConfigProblem[] } {
  const complaints = unknownIn(env);
  const config: Record<string, unknown> = {};
  for (const [key, one] of entries) {
    const [name, given] = givenFor(flags[key], one, env);
    const parsed = given === undefined ? { value: one.default } : one.parse(given);
    if ("value" in parsed) config[key] = parsed.value;
    else
      complaints.push({
        key: name,
        problem: one.secret ? parsed.problem : `“${given}” ${parsed.problem}`,
      });
  }
  return complaints.length > 0 ? { complaints } : { config: config as Config };
}

/** Why mail can't be sent with these settings; undefined where it can, or is not to be. */
export const mailProblem = ({ smtpUrl, publicUrl }: Config): string | undefined =>
  smtpUrl !== undefined && publicUrl === undefined
    ? "FOLLOWD_SMTP_URL needs --public-url: links in mails must not lead where a request says."
    : undefined;

/** An empty variable counts as none, as compose files can't leave one out. */
function givenFor(
  flag: string | boolean | undefined,
  one: Setting,
  env: Environment,
): [name: string, given: string | undefined] {
  if (flag !== undefined) return [`--${one.name}`, String(flag)];
  const name = variableOf(one);
  return [name, env[name] || undefined];
}

/** The flag or the variable that a setting was given by; undefined for one left at its default. */
export function originOf(key: Key, flags: Flags, env: Environment): string | undefined {
  const one: Setting = SETTINGS[key];
  if (flags[key] !== undefined) return `--${flags[key] === false ? "no-" : ""}${one.name}`;
  // A file with a secret wins over the secret itself.
  return namesOf(one).findLast((name) => env[name]);
}

function unknownIn(env: Environment): ConfigProblem[] {
  const known = new Set(entries.flatMap(([, one]) => namesOf(one)));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && name !== CONFIG_VARIABLE && !known.has(name))
    .map((key) => ({ key, problem: `is no setting; did you mean ${nearest(key, known)}?` }));
}

const namesOf = (one: Setting): string[] =>
  one.secret ? [variableOf(one), fileVariableOf(one)] : [variableOf(one)];

/** The environment with the secrets that it names files for; what `read` throws is passed on. */
export function withSecrets(env: Environment, read: (file: string) => string): Environment {
  const secrets = entries.flatMap(([, one]) => {
    const file = one.secret ? env[fileVariableOf(one)] : undefined;
    return file ? [[variableOf(one), read(file).trim()]] : [];
  });
  return { ...env, ...Object.fromEntries(secrets) };
}
