import { hash } from "node:crypto";
import { type Config, mailProblem } from "./config/config.ts";
import type { SendMail } from "./domain/letter.ts";
import { type CounterOptions, counterOptions, Limiter } from "./http/rate-limiter.ts";
import { mailer } from "./mailer.ts";

const HOUR_MS = 60 * 60 * 1000;
/** Letters in an hour to one address, from all senders together. */
const MAX_LETTERS_TO_ADDRESS = 10;
/** Letters in an hour that one user has sent; administrators may provision any number of accounts. */
const MAX_LETTERS_OF_USER = 20;

/**
 * The same mailer, for as many letters in an hour as an address may get and a user may cause. What
 * is above that is not sent, and the log says so: adding and deleting an address in turn would
 * otherwise have the server write to any address without an end.
 */
export function withMailLimits(
  send: SendMail,
  counting: (name: string) => CounterOptions,
  log: { warn(details: object, message: string): void },
): SendMail {
  const byAddress = new Limiter<string>(MAX_LETTERS_TO_ADDRESS, HOUR_MS, counting("letters to"));
  const byUser = new Limiter<number>(MAX_LETTERS_OF_USER, HOUR_MS, counting("letters of"));
  return async (letter) => {
    const { to, causedBy } = letter;
    const waits = await Promise.all([
      byAddress.consume(hash("sha256", to.toLowerCase())),
      causedBy === undefined ? 0 : byUser.consume(causedBy),
    ]);
    const seconds = Math.max(...waits);
    if (seconds === 0) return send(letter);
    log.warn({ user: causedBy, seconds }, "a letter was not sent: too many in an hour");
  };
}

/** Sends by the mail server of the settings; undefined where there is none. */
export function mailerOf(
  config: Config,
  store: Parameters<typeof counterOptions>[0],
  log: Parameters<typeof withMailLimits>[2],
  queueMail: (send: SendMail) => SendMail,
): SendMail | undefined {
  const { smtpUrl, smtpFrom, publicUrl } = config;
  const problem = mailProblem(config);
  if (problem !== undefined) throw new Error(problem);
  if (smtpUrl === undefined || publicUrl === undefined) return undefined;
  const { hostname } = new URL(publicUrl);
  return withMailLimits(
    queueMail(mailer(smtpUrl, smtpFrom ?? `followd <noreply@${hostname}>`)),
    (name) => counterOptions(store, name),
    log,
  );
}
