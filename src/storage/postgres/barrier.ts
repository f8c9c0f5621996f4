import type { Send } from "./lanes.ts";

const SUM = { name: "barrier", text: "select sum(value) as sum from versions" };
const SLOTS = { name: "slots", text: "select slot, value from versions" };
/**
 * Another one after each promotion of a standby, and in each cluster that a dump is put into, so that
 * no number of what was lost comes again.
 */
const TIMELINE = {
  text: `select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || system_identifier as timeline
         from pg_control_system()`,
};
/** Slots below are of users; those above say who there is. */
const USER_SLOTS = 64;

/** Slots that moved; undefined when nothing that was remembered may be trusted. */
type Moved = readonly number[] | undefined;

/**
 * Asks the database whether what this node remembers still holds. Requests that come while a
 * question is under way share the next one, which is sent after they came: so it sees every write
 * that was acknowledged before any of them.
 */
export class Barrier {
  readonly #send: Send;
  readonly #known = new Map<number, number>();
  #sum = -1;
  #profiles = 0;
  #timeline = "";
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #onMoved: (moved: Moved) => void = () => undefined;
  asked = 0;
  requests = 0;
  moved = 0;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Says whom to tell of what moved. */
  listen(onMoved: (moved: Moved) => void): void {
    this.#onMoved = onMoved;
  }

  /** Resolves when what is remembered is as of a moment after the call. */
  catchUp(): Promise<void> {
    this.requests += 1;
    this.#next ??= this.#askNext();
    return this.#next;
  }

  /** Waits for the question that is under way and for the end of the turn, then asks. */
  async #askNext(): Promise<void> {
    await this.#current.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    this.#next = undefined;
    this.asked += 1;
    this.#current = this.#ask();
    return this.#current;
  }

  /** Moves with any user's profile, and is the same at every node. */
  get stamp(): string {
    return `${this.#timeline}-${this.#profiles}`;
  }

  /** After a connection was lost: another primary may know less than this node was told. */
  forget(): void {
    this.#sum = -1;
    this.#timeline = "";
    this.#known.clear();
    this.#onMoved(undefined);
  }

  async #ask(): Promise<void> {
    const { rows } = await this.#send<{ sum: number }>(SUM);
    if (rows[0]?.sum !== this.#sum) await this.#readSlots();
  }

  async #readSlots(): Promise<void> {
    const { rows } = await this.#send<{ slot: number; value: number }>(SLOTS);
    if (this.#timeline === "") {
      const found = await this.#send<{ timeline: string }>(TIMELINE);
      this.#timeline = found.rows[0]?.timeline ?? "";
    }
    const moved: number[] = [];
    let [sum, profiles] = [0, 0];
    for (const { slot, value } of rows) {
      sum += value;
      if (slot < USER_SLOTS) profiles += value;
      if (this.#known.get(slot) !== value) moved.push(slot);
      this.#known.set(slot, value);
    }
    this.#sum = sum;
    this.#profiles = profiles;
    this.moved += moved.length;
    if (moved.length > 0) this.#onMoved(moved);
  }
}
