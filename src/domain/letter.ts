/** One letter in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Resolves once the letter is taken. */
export type SendMail = (letter: Letter) => Promise<void>;
