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

interface ChangedPassword {
  to: string;
  username: string;
  /** What begins every link of the server. */
  origin: string;
  /** Whether an administrator changed it, and not its owner. */
  byAdministrator: boolean;
}

/** The letter about a changed password; its words differ when an administrator changed it. */
export function passwordChangedLetter(changed: ChangedPassword): Letter {
  const { to, username, origin, byAdministrator } = changed;
  const text = byAdministrator
    ? `An administrator changed the password of your account ${username} on ${origin}.`
    : `The password of your account ${username} on ${origin} was changed.`;
  const more = "If you did not expect this, ask an administrator of the server at once.";
  const subject = byAdministrator ? "Password changed by administrator" : "Password changed";
  return { to, subject, text: `${text}\n\n${more}\n` };
}
