import type { Store } from "../domain/store.ts";
import type { Bulk } from "../storage/engine.ts";
import {
  closeStage,
  type EventRow,
  openStage,
  stager,
  writeStaged,
} from "../storage/sqlite/bulk-events.ts";
import { idFinder, userFinder } from "../storage/sqlite/bulk-users.ts";
import { type Author, EventParseError, eventOf } from "./parse-event.ts";

export interface EventImportOptions {
  /** Told of each line that can't be taken; may throw, to end the import. */
  reject: (line: number, problem: string) => void;
  /** The projects are open to everybody. */
  open?: boolean;
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

const BATCH = 500;

/**
 * Takes events as GitLab's API v4 shows them, a line each. They wait outside the database's file
 * until `finish` writes all of them in one transaction, so that neither a long file nor a bad line
 * at its end harms anything.
 */
export class EventImport {
  readonly #store: Store;
  readonly #options: EventImportOptions;
  #waiting: Line[] = [];
  #taken = 0;
  #undated = 0;

  constructor(store: Store, options: EventImportOptions) {
    this.#store = store;
    this.#options = options;
    store.engine.bulk(openStage);
  }

  take(number: number, text: string): void {
    this.#waiting.push({ number, text });
    if (this.#waiting.length === BATCH) this.#stage();
  }

  /** Writes what was taken; what is there already stays as it is. Undated events happen now. */
  finish(): EventImportReport {
    this.#stage();
    const now = this.#store.clock();
    const added = this.#store.engine.bulk((connection) => {
      const written = writeStaged(connection, now);
      closeStage(connection);
      return written;
    });
    return { added, alreadyThere: this.#taken - added, undated: this.#undated };
  }

  #stage(): void {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#store.engine.bulk((connection) => {
      const lay = stager(connection);
      const find = authorFinder(connection);
      for (const line of lines) this.#stageLine(line, find, lay);
    });
  }

  #stageLine({ number, text }: Line, find: FindAuthor, lay: (row: EventRow) => void): void {
    try {
      const { author, ...event } = eventOf(text, this.#options.open === true);
      lay({ ...event, authorId: find(author) });
      this.#taken += 1;
      if (event.createdAt === null) this.#undated += 1;
    } catch (error) {
      if (!(error instanceof EventParseError)) throw error;
      this.#options.reject(number, error.message);
    }
  }
}

type FindAuthor = (author: Author) => number;

/** By name where there is one: numbers differ from one server to the next. */
function authorFinder(connection: Bulk): FindAuthor {
  const [byName, byId] = [userFinder(connection), idFinder(connection)];
  return ({ username, id = 0 }) => {
    const found = username === undefined ? byId(id) : byName(username);
    if (found !== undefined) return found.id;
    const problem = username === undefined ? `has the id ${id}` : `is called “${username}”`;
    throw new EventParseError(`nobody ${problem}.`);
  };
}
