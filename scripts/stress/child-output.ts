import type { ChildProcess } from "node:child_process";

/** Of what a server writes, so much is kept for a report. */
const KEPT_CHARACTERS = 4000;

export interface ChildOutput {
  /** The end of what it wrote to its standard output and standard error. */
  readonly text: string;
  /** Resolves when it has ended and all that it wrote has arrived. */
  readonly closed: Promise<void>;
  /** Says that the end that comes is asked for. */
  expectExit(): void;
}

/**
 * Keeps what a server writes, and prints it when the server ends unasked: a caller sees no more of
 * that than a connection that was cut. A server logs what ended it to its standard output.
 */
export function watchOutput(child: ChildProcess): ChildOutput {
  let text = "";
  let isExpected = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text = `${text}${chunk.toString()}`.slice(-KEPT_CHARACTERS);
    });
  }
  const closed = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      if (!isExpected) {
        const end = `code ${code}, signal ${signal}`;
        console.error(`Server process ${child.pid} ended unasked with ${end}:\n${text}`);
      }
      resolve();
    });
  });
  return {
    get text() {
      return text;
    },
    closed,
    expectExit() {
      isExpected = true;
    },
  };
}
