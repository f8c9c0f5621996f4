/** One letter in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The user whose request it comes from, unless that is an administrator. */
  readonly causedBy?: number;
}

/** Resolves once the letter is taken. */
export type SendMail = (letter: Letter) => Promise<void>;
