import type { Transporter } from "nodemailer";
import type { SendMail } from "./domain/letter.ts";

/** Sends through a mail server. The library is loaded for the first letter. */
export function mailer(smtpUrl: string, from: string): SendMail {
  let transport: Promise<Transporter> | undefined;
  return async (letter) => {
    transport ??= import("nodemailer").then(({ createTransport }) =>
      // A mail must not read files or fetch pages, as a name in it may ask for.
      createTransport(smtpUrl, { from, disableFileAccess: true, disableUrlAccess: true }),
    );
    const { to, subject, text } = letter;
    await (await transport).sendMail({ to, subject, text });
  };
}
