import { type Parsed, wholeNumber, yesOrNo } from "./parsers.ts";

type Value = string | number | boolean | readonly string[] | undefined;

/** A setting of the program. Flags, help, `config print` and the table in docs/reference.md are made from these. */
export interface Setting<T extends Value = Value> {
  /** The flag without its dashes; the name in the environment follows from it. */
  readonly name: string;
  readonly default: T;
  /** What stands for the value in help; yes-or-no settings have none. */
  readonly placeholder?: string;
  /** All that it can be, where that is a few words. */
  readonly choices?: readonly string[];
  /** What it is or, for yes-or-no settings, what the program does with it, as an imperative. */
  readonly description: string;
  /** Has no flag, because other users of the machine can read flags; may be kept in a file. */
  readonly secret?: true;
  readonly parse: (text: string) => Parsed<T>;
}

export const setting = <T extends Value>(one: Setting<T>): Setting<T> => one;
export const optional = <T extends Value>(
  one: Omit<Setting<T>, "default">,
): Setting<T | undefined> => ({
  ...one,
  default: undefined,
});

/** A whole number up to a thousand million. */
export function limit(name: string, initial: number, description: string, least = 0) {
  const parse = wholeNumber(least, 1_000_000_000);
  return setting({ name, default: initial, placeholder: "number", description, parse });
}

/** Yes or no. */
export const toggle = (name: string, initial: boolean, description: string): Setting<boolean> =>
  setting({ name, default: initial, description, parse: yesOrNo });
