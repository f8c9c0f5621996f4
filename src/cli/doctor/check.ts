import { explainError } from "../../server/explain-error.ts";

/** What a check found, and what to do about it. */
export interface Report {
  check: string;
  status: "ok" | "problem" | "fixed";
  /** Empty where all is well and there is nothing to tell. */
  told: string;
}

/** A check. */
export interface Check {
  readonly name: string;
  /** The fault and its remedy; undefined when there is none. */
  readonly find: () => string | undefined | Promise<string | undefined>;
  /** Sets right what was found. */
  readonly fix?: () => void | Promise<void>;
  /** What to tell when all is well. */
  readonly tell?: () => string | Promise<string>;
}

/** Which database is examined, how it may be changed, and what to do where that does not help. */
interface Examination {
  database: string;
  fix: boolean;
  unfixable: string;
}

/** Makes a check and, where that is asked for, repairs what it found. */
export async function runCheck(
  { name: check, find, fix, tell }: Check,
  examination: Examination,
): Promise<Report> {
  try {
    const problem = await find();
    if (problem === undefined) return { check, status: "ok", told: (await tell?.()) ?? "" };
    if (fix === undefined) return { check, status: "problem", told: problem };
    if (!examination.fix) {
      return { check, status: "problem", told: `${problem}; run followd doctor --fix` };
    }
    await fix();
    const left = await find();
    return left === undefined
      ? { check, status: "fixed", told: problem }
      : { check, status: "problem", told: `${left}; ${examination.unfixable}` };
  } catch (error) {
    return failedCheck(check, error, examination.database);
  }
}

/** A check that could not be made. */
export const failedCheck = (check: string, error: unknown, database: string): Report => ({
  ...{ check, status: "problem" },
  told: (explainError(error, database) as Error).message.split("\n")[0] ?? "",
});
