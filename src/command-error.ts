/** What went wrong and what to do about it, in one line that is all the caller gets to see. */
export class CommandError extends Error {
  override name = "CommandError";
  /** 1 for what failed, 2 for what was asked for wrongly. */
  readonly exitCode: number = 1;
}

/** The command line, or a setting, is not one that can be carried out. */
export class UsageError extends CommandError {
  override name = "UsageError";
  override readonly exitCode = 2;
}
