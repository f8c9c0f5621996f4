import type { Transporter } from "nodemailer";

/** One letter in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Resolves once the mail server has taken the letter. */
export type SendMail = (letter: Letter) => Promise<void>;

/** Sends through a mail server. The library is loaded for the first letter. */
export function mailer(smtpUrl: string, from: string): SendMail {
  let transport: Promise<Transporter> | undefined;
  return async (letter) => {
    transport ??= import("nodemailer").then(({ createTransport }) =>
      // A mail must not read files or fetch pages, whatever a name in it says.
      createTransport(smtpUrl, { from, disableFileAccess: true, disableUrlAccess: true }),
    );
    await (await transport).sendMail(letter);
  };
}
