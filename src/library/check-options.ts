import { readFileSync } from "node:fs";
import type { Setting } from "../config/setting.ts";
import { SETTINGS } from "../config/settings.ts";
import { nearest } from "../config/suggest.ts";
import { parseSeed, readSeed } from "../dev/seed-file.ts";
import type { Seed } from "../dev/seed-types.ts";
import { isUsername } from "../domain/users/usernames.ts";
import type { Settings, StartOptions } from "./options.ts";

const OPTIONS = ["seed", "settings", "clock", "randomSeed", "data"] as const;

/** Options that were checked, in the forms that a server is made from. */
interface CheckedOptions {
  seed?: Seed;
  settings: Settings;
  clock?: () => number;
  startAt?: number;
  randomSeed?: string;
  data?: string;
}

/** Checks what `start` is given: unknown names and wrong values are refused with what is right. */
export function checkOptions(options: StartOptions): CheckedOptions {
  requireObject(options, "start", "an object such as { settings: { privateMode: true } }");
  for (const name of Object.keys(options)) requireOption(name);
  const { seed, settings = {}, clock, randomSeed, data } = options;
  return {
    settings: checkSettings(settings),
    ...(seed === undefined ? {} : { seed: seedOf(seed) }),
    ...clockOf(clock),
    ...(randomSeed === undefined ? {} : { randomSeed: requireText(randomSeed, "randomSeed") }),
    ...(data === undefined ? {} : { data: requireText(data, "data") }),
  };
}

function requireOption(name: string): void {
  if ((OPTIONS as readonly string[]).includes(name)) return;
  if (name in SETTINGS) {
    throw new TypeError(`start: ${name} is a setting; write { settings: { ${name}: … } }.`);
  }
  throw new TypeError(`start: there is no option ${name}; did you mean ${nearest(name, OPTIONS)}?`);
}

/** A seed as an object, in the shape of code or of a file, or the path of a file. */
function seedOf(seed: Seed | string): Seed {
  if (typeof seed !== "string") return parseSeed(seed);
  let text: string;
  try {
    text = readFileSync(seed, "utf8");
  } catch {
    throw new TypeError(`start: the seed in ${seed} can't be read.`);
  }
  return readSeed(text).seed;
}

function clockOf(clock: StartOptions["clock"]): Pick<CheckedOptions, "clock" | "startAt"> {
  if (clock === undefined) return {};
  if (typeof clock === "function") return { clock };
  const startAt = clock instanceof Date ? clock.getTime() : clock;
  if (typeof startAt === "number" && Number.isFinite(startAt)) return { startAt };
  throw new TypeError(
    "start: clock is a function that returns milliseconds since 1970, or a Date at which it stands.",
  );
}

function checkSettings(settings: Settings): Settings {
  requireObject(settings, "settings", "an object such as { privateMode: true }");
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) checkSetting(name, value);
  }
  return settings;
}

function checkSetting(name: string, value: unknown): void {
  const all: Readonly<Record<string, Setting>> = SETTINGS;
  const setting = Object.hasOwn(all, name) ? all[name] : undefined;
  if (setting === undefined) {
    const meant = nearest(name, Object.keys(all));
    throw new TypeError(`start: there is no setting ${name}; did you mean ${meant}?`);
  }
  const { default: initial } = setting;
  const kind = Array.isArray(initial) ? "list" : typeof (initial ?? "");
  if ((Array.isArray(value) ? "list" : typeof value) !== kind) {
    throw new TypeError(`start: the setting ${name} is a ${kind}, not ${JSON.stringify(value)}.`);
  }
  const parsed = setting.parse(Array.isArray(value) ? value.join(",") : String(value));
  if ("problem" in parsed) {
    throw new TypeError(`start: the setting ${name}: “${String(value)}” ${parsed.problem}.`);
  }
}

/** Checks what `tokenFor` is given. */
export function checkTokenArguments(username: unknown, request: unknown): void {
  if (typeof username !== "string" || !isUsername(username)) {
    throw new TypeError(
      `tokenFor: ${JSON.stringify(username)} is no username: up to 255 letters, digits, “_”, “-” and “.”.`,
    );
  }
  const isValid = request === undefined || (typeof request === "object" && request !== null);
  if (isValid) return;
  throw new TypeError(
    `tokenFor: scopes are a list, such as ["user"], not ${JSON.stringify(request)}.`,
  );
}

function requireObject(value: unknown, where: string, example: string): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new TypeError(`${where} takes ${example}, not ${JSON.stringify(value)}.`);
}

function requireText(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(`start: ${name} is a text, not ${JSON.stringify(value)}.`);
}
