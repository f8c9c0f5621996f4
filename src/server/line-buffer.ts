/** Characters that are handed on at once: some two hundred lines. */
const BATCH_CHARACTERS = 65_536;
/** Milliseconds that a line waits at most, which is what `kill -9` can lose. */
const LONGEST_WAIT_MS = 100;

/** Runs a function after so many milliseconds. */
type Schedule = (run: () => void, milliseconds: number) => void;

const afterwards: Schedule = (run, milliseconds) => void setTimeout(run, milliseconds).unref();

/**
 * Gathers lines and hands them on together: when there are many, and at most a tenth of a second
 * after the first. A write of its own for each request would cost as much as half of a short
 * answer. A server without requests sets no timer.
 */
export class LineBuffer {
  readonly #handOn: (text: string) => void;
  readonly #schedule: Schedule;
  #text = "";
  #isScheduled = false;

  constructor(handOn: (text: string) => void, schedule: Schedule = afterwards) {
    this.#handOn = handOn;
    this.#schedule = schedule;
  }

  /** Takes a line that ends with a line feed. */
  readonly write = (line: string): void => {
    this.#text += line;
    if (this.#text.length >= BATCH_CHARACTERS) this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      this.#schedule(() => {
        this.#isScheduled = false;
        this.flush();
      }, LONGEST_WAIT_MS);
    }
  };

  /** Hands on what has been gathered. */
  flush(): void {
    const text = this.take();
    if (text !== "") this.#handOn(text);
  }

  /** Gives away what has been gathered, for a writer that can't wait. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}
