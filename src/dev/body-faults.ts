import type { Exchange } from "../http/dialect.ts";

/** What goes wrong with the body of an answer that is right otherwise. */
const BODY_FAULTS = ["broken-json", "cut-body", "slow-body"] as const;
type BodyFault = (typeof BODY_FAULTS)[number];

export const isBodyFault = (kind: string): kind is BodyFault =>
  (BODY_FAULTS as readonly string[]).includes(kind);

/** Pieces in which a slow body comes. */
const SLOW_BODY_PIECES = 10;
const SPACE_BYTE = 32;

/** Lets the body of the coming answer go wrong; an answer without one stays as it is. */
export function breakBody({ req, res }: Exchange, kind: BodyFault, milliseconds: number): void {
  const end = res.end.bind(res);
  res.end = ((text?: unknown, ...rest: []) => {
    if (typeof text !== "string" && !Buffer.isBuffer(text)) return end(text as never, ...rest);
    const body = Buffer.from(text as string);
    const finish = () => end();
    if (kind === "broken-json")
      end(Buffer.concat([body.subarray(0, -1), Buffer.from([SPACE_BYTE])]));
    // Half of it has been announced and never comes.
    else if (kind === "cut-body") {
      res.write(body.subarray(0, Math.floor(body.length / 2)), () => req.socket.destroy());
    } else sendSlowly(body, milliseconds / SLOW_BODY_PIECES, (piece) => res.write(piece), finish);
    return res;
  }) as typeof res.end;
}

function sendSlowly(
  body: Buffer,
  pauseMs: number,
  write: (piece: Buffer) => void,
  finish: () => void,
): void {
  const size = Math.max(1, Math.ceil(body.length / SLOW_BODY_PIECES));
  let at = 0;
  const next = () => {
    write(body.subarray(at, at + size));
    at += size;
    if (at >= body.length) finish();
    else setTimeout(next, pauseMs);
  };
  setTimeout(next, pauseMs);
}
