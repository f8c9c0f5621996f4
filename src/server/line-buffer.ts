/**
 * Bytes that are handed on at once: some hundred and fifty lines. A batch that lives for longer than
 * it takes to fill a larger one grows old, and only a collection of everything frees it.
 */
const BATCH_BYTES = 48 * 1024;
/** What a character takes at most, as UTF-8. */
const MAX_BYTES_PER_CHARACTER = 3;
/** Milliseconds that a line waits at most, which is what `kill -9` can lose. */
const LONGEST_WAIT_MS = 100;

/** Runs a function after so many milliseconds. */
type Schedule = (run: () => void, milliseconds: number) => void;

const afterwards: Schedule = (run, milliseconds) => void setTimeout(run, milliseconds).unref();

/**
 * Gathers lines and hands them on together: when there are many, and at most a tenth of a second
 * after the first. A write of its own for each request would cost as much as half of a short
 * answer, and lines that wait as strings are moved by each collection of garbage. A server without
 * requests sets no timer.
 */
export class LineBuffer {
  readonly #handOn: (bytes: Buffer) => void;
  readonly #schedule: Schedule;
  readonly #bytes = Buffer.allocUnsafeSlow(BATCH_BYTES);
  #length = 0;
  #isScheduled = false;

  constructor(handOn: (bytes: Buffer) => void, schedule: Schedule = afterwards) {
    this.#handOn = handOn;
    this.#schedule = schedule;
  }

  /** Takes a line that ends with a line feed. */
  readonly write = (line: string): void => {
    const most = line.length * MAX_BYTES_PER_CHARACTER;
    if (this.#length + most > BATCH_BYTES) this.flush();
    if (most > BATCH_BYTES) {
      this.#handOn(Buffer.from(line));
      return;
    }
    this.#length += this.#bytes.write(line, this.#length);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      this.flush();
    }, LONGEST_WAIT_MS);
  };

  /** Hands on what has been gathered. */
  flush(): void {
    if (this.#length > 0) this.#handOn(this.take());
  }

  /** Gives away what has been gathered, for a writer that can't wait. */
  take(): Buffer {
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return bytes;
  }
}
