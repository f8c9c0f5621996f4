import type { Store } from "../domain/store.ts";
import type { EventRow, EventStage, FoundUser } from "../storage/bulk.ts";
import { type Author, droppedMembers, EventParseError, eventOf } from "./parse-event.ts";

interface EventImportOptions {
  /** Called for each line that can't be used; may throw, to end the import. */
  reject: (line: number, problem: string) => void;
  /** The projects are open to all callers. */
  open?: boolean;
  /** Called with the members of a line that are not kept. */
  onLost?: (line: number, members: readonly string[]) => void;
}

export interface EventImportReport {
  added: number;
  alreadyThere: number;
  /** Events of the file without a time. */
  undated: number;
}

interface Line {
  number: number;
  text: string;
}

const BATCH_EVENTS = 500;

/**
 * Takes events as GitLab's API v4 shows them, a line each. They wait outside the database's tables
 * until `finish` writes all of them in one transaction, so that neither a long file nor a bad line
 * at its end harms anything.
 */
export class EventImport {
  readonly #store: Store;
  readonly #options: EventImportOptions;
  readonly #stage: EventStage;
  #waiting: Line[] = [];
  #taken = 0;
  #undated = 0;

  private constructor(store: Store, options: EventImportOptions, stage: EventStage) {
    this.#store = store;
    this.#options = options;
    this.#stage = stage;
  }

  static async open(store: Store, options: EventImportOptions): Promise<EventImport> {
    return new EventImport(store, options, await store.engine.stageEvents());
  }

  take(number: number, text: string): void {
    this.#waiting.push({ number, text });
  }

  /** Lays aside what was taken, once it is worth the way. Call between the pieces of a file. */
  async layAside(): Promise<void> {
    while (this.#waiting.length >= BATCH_EVENTS)
      await this.#lay(this.#waiting.splice(0, BATCH_EVENTS));
  }

  /** Writes what was taken; what is there already stays as it is. Undated events happen now. */
  async finish(): Promise<EventImportReport> {
    await this.layAside();
    await this.#lay(this.#waiting.splice(0));
    const added = await this.#stage.write(this.#store.clock());
    return { added, alreadyThere: this.#taken - added, undated: this.#undated };
  }

  /** Call at the end, after a failure as well. */
  close(): Promise<void> {
    return this.#stage.close();
  }

  async #lay(lines: readonly Line[]): Promise<void> {
    const all = lines.map((line) => this.#parse(line));
    const authors = await authorsOf(this.#stage, all);
    const rows: EventRow[] = [];
    for (const { number, event, problem } of all) {
      const authorId = event && authors(event.author)?.id;
      if (event === undefined || authorId === undefined) {
        this.#options.reject(number, problem ?? problemWith(event?.author ?? {}));
        continue;
      }
      const { author: _, ...row } = event;
      rows.push({ ...row, authorId });
      this.#taken += 1;
      if (row.createdAt === null) this.#undated += 1;
    }
    await this.#stage.add(rows);
  }

  #parse({ number, text }: Line): Parsed {
    try {
      const event = eventOf(text, this.#options.open === true);
      const lost = this.#options.onLost === undefined ? [] : droppedMembers(text);
      if (lost.length > 0) this.#options.onLost?.(number, lost);
      return { number, event };
    } catch (error) {
      if (!(error instanceof EventParseError)) throw error;
      return { number, problem: error.message };
    }
  }
}

interface Parsed {
  number: number;
  event?: ReturnType<typeof eventOf>;
  problem?: string;
}

const problemWith = ({ username, id = 0 }: Author): string =>
  `there is no user ${username === undefined ? `with the id ${id}` : `“${username}”`}.`;

/** Authors by name where there is one: numbers differ from one server to the next. */
async function authorsOf(
  stage: EventStage,
  events: readonly Parsed[],
): Promise<(author: Author) => FoundUser | undefined> {
  const names = new Set<string>();
  const ids = new Set<number>();
  for (const { author } of events.flatMap(({ event }) => event ?? [])) {
    if (author.username === undefined) ids.add(author.id ?? 0);
    else names.add(author.username.toLowerCase());
  }
  const named = await stage.usersNamed([...names]);
  const numbered = await stage.usersById([...ids]);
  const byName = new Map([...names].map((name, place) => [name, named[place]]));
  const byId = new Map([...ids].map((id, place) => [id, numbered[place]]));
  return ({ username, id = 0 }) =>
    username === undefined ? byId.get(id) : byName.get(username.toLowerCase());
}
