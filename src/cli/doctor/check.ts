/** What a check found, and what to do about it. */
export interface Report {
  check: string;
  status: "ok" | "problem" | "fixed";
  /** Empty where all is well and there is nothing to tell. */
  told: string;
}

/** A check. Returns the fault and its remedy; undefined when there is none. */
export interface Check {
  name: string;
  find: () => string | undefined;
  /** Sets right what was found. */
  fix?: () => void;
  /** What to tell when all is well. */
  tell?: () => string;
}
