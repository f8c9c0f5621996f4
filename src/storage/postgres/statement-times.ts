/** Names are the program's own; a few are made of what a search asks for. */
const MAX_NAMES = 200;
const UNNAMED = "unnamed";
const OTHERS = "other";

interface StatementTime {
  count: number;
  /** From when they were sent to when they were answered, of all together. */
  seconds: number;
}

/** How long statements took, by name. Bounded: what comes after the first names is one name. */
export class StatementTimes {
  readonly #byName = new Map<string, StatementTime>();

  add(name: string | undefined, milliseconds: number): void {
    const time = this.#timeOf(name ?? UNNAMED);
    time.count += 1;
    time.seconds += milliseconds / 1000;
  }

  get byName(): ReadonlyMap<string, Readonly<StatementTime>> {
    return this.#byName;
  }

  #timeOf(name: string): StatementTime {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#byName.size >= MAX_NAMES && name !== OTHERS) return this.#timeOf(OTHERS);
    const made = { count: 0, seconds: 0 };
    this.#byName.set(name, made);
    return made;
  }
}
