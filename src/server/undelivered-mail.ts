import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { SendMail } from "../domain/letter.ts";

const FILE = "undelivered-mail.txt";
/** Older letters go when the file has so many bytes; their links have expired, or soon will. */
const MAX_BYTES = 2 ** 20;

/**
 * Keeps letters that no mail server took in a file that its owner alone can read, so that an
 * operator without mail can hand the links over. No log and no table has them.
 */
export function fileMailer(data: string): SendMail {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  return async ({ to, subject, text }) => {
    const file = openSync(join(data, FILE), O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
    try {
      fchmodSync(file, 0o600);
      if (fstatSync(file).size > MAX_BYTES) ftruncateSync(file);
      writeSync(file, `To: ${to}\nSubject: ${subject}\n\n${text}\n\n`);
    } finally {
      closeSync(file);
    }
  };
}
