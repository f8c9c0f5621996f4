import { invalidate } from "../../domain/invalidation.ts";
import { emptiedTextsAfter } from "../../domain/profile/emptied-texts.ts";
import type { Store } from "../../domain/store.ts";
import { isReservedUsername } from "../../domain/users/usernames.ts";
import {
  type BulkLoader,
  DuplicateRowError,
  type UserStage,
  type UserWriter,
} from "../../storage/bulk.ts";
import { loadStagedFollows } from "../load-follows.ts";
import { StagedFollows } from "../staged-follows.ts";
import { duplicateMember, duplicateProblem } from "./duplicates.ts";
import { parseUser } from "./parse-user.ts";
import { UserParseError } from "./readers.ts";
import { type Row, rowsOf, type UserRows } from "./user-rows.ts";

type OnProgress = (stage: string, done: number, of: number) => void;

export interface UserImportOptions {
  /** Called for each user that can't be taken, in the order of lines; may throw, to end all. */
  reject: (line: number, problem: string, path: UserParseError["path"]) => void;
  /** Members given of users who are there are changed; else such users stay as they are. */
  update?: boolean;
  /** Users who are there already are rejected. */
  onlyNew?: boolean;
  /** Ids of the file are not kept. */
  newIds?: boolean;
  /** Nothing is written in the end. */
  dryRun?: boolean;
  onProgress?: OnProgress;
}

export interface UserImportReport {
  added: number;
  updated: number;
  alreadyThere: number;
  follows: number;
}

const BATCH_USERS = 500;
/** What the import of follows advises, which makes no sense here. */
const HINT = /; --create-users .*/;

/** Thrown through the transaction to undo it. */
class DryRun extends Error {
  readonly report: UserImportReport;

  constructor(report: UserImportReport) {
    super("nothing is kept");
    this.report = report;
  }
}

/**
 * Takes users line by line. They wait outside the database's file until `finish` writes all of
 * them, with all that is theirs and their follows, in one transaction.
 */
export class UserImport {
  readonly #store: Store;
  readonly #options: UserImportOptions;
  readonly #now: number;
  readonly #stage: UserStage;
  #waiting: [number, string][] = [];
  #taken = 0;

  private constructor(store: Store, options: UserImportOptions, stage: UserStage) {
    this.#store = store;
    this.#options = options;
    this.#now = store.clock();
    this.#stage = stage;
  }

  static async open(store: Store, options: UserImportOptions): Promise<UserImport> {
    return new UserImport(store, options, await store.engine.stageUsers());
  }

  /**
   * Reads one user, as an object of members; what can't be is rejected. With `called`, the user of
   * that name is meant, who gets another where the members give one.
   */
  async take(line: number, value: unknown, called?: string): Promise<void> {
    try {
      const user = parseUser(value);
      const rows = await rowsOf(
        called === undefined ? user : { username: called, ...user },
        this.#now,
      );
      if (called !== undefined) {
        rows.username = called;
        if (user.username === undefined) delete rows.columns.username;
      }
      this.#waiting.push([line, JSON.stringify(rows)]);
      this.#taken += 1;
      if (this.#waiting.length === BATCH_USERS) await this.#layAside();
    } catch (error) {
      if (!(error instanceof UserParseError)) throw error;
      this.#options.reject(line, error.message, error.path);
    }
  }

  /** Writes what was taken. */
  async finish(): Promise<UserImportReport> {
    await this.#layAside();
    const load = { count: this.#taken, onlyAdds: this.#options.update !== true };
    try {
      const report = await this.#store.engine.bulk(async (bulk) => {
        const written = await bulk.writeUsers(load, (writer) => this.#write(bulk, writer));
        if (this.#options.dryRun === true) throw new DryRun(written);
        return written;
      });
      invalidate.everything(this.#store);
      return report;
    } catch (error) {
      if (!(error instanceof DryRun)) throw error;
      return error.report;
    }
  }

  /** Call at the end, after a failure as well. */
  close(): Promise<void> {
    return this.#stage.close();
  }

  async #layAside(): Promise<void> {
    await this.#stage.add(this.#waiting.splice(0));
  }

  async #write(bulk: BulkLoader, writer: UserWriter): Promise<UserImportReport> {
    const { onProgress = () => undefined } = this.#options;
    const state: Written = {
      writer,
      ids: new Set(),
      creators: [],
      follows: new StagedFollows(),
      blocks: [],
      report: { added: 0, updated: 0, alreadyThere: 0, follows: 0 },
    };
    let done = 0;
    for await (const { line, user } of this.#stage.users()) {
      await this.#writeUser(state, line, JSON.parse(user) as UserRows);
      if (done % BATCH_USERS === 0) onProgress("Writing", done, this.#taken);
      done += 1;
    }
    await this.#connect(bulk, state);
    return state.report;
  }

  async #writeUser(state: Written, line: number, rows: UserRows) {
    const { writer, report, ids } = state;
    const { update = false, newIds = false, onlyNew = false } = this.#options;
    const { id: _, ...others } = rows.columns;
    const known = await writer.find(rows.username);
    try {
      if (known === undefined) {
        if (isReservedUsername(rows.username)) {
          const problem = `“${rows.username}” is reserved: a path of the server has this name.`;
          return this.#options.reject(line, problem, ["username"]);
        }
        const made = withEmptied(newIds ? withoutIds(rows) : rows, "");
        ids.add(await writer.add(this.#withPrimary(made), this.#now));
        report.added += 1;
      } else {
        if (ids.has(known)) {
          return this.#options.reject(line, `“${rows.username}” stands here twice.`, ["username"]);
        }
        if (onlyNew) {
          return this.#options.reject(line, `“${rows.username}” is there already.`, ["username"]);
        }
        if (!update) {
          report.alreadyThere += 1;
          return;
        }
        const before = rows.texts === undefined ? "" : await writer.emptiedTexts(known);
        await writer.update(known, withEmptied({ ...rows, columns: others }, before), this.#now);
        ids.add(known);
        report.updated += 1;
      }
    } catch (error) {
      if (!(error instanceof DuplicateRowError)) throw error;
      return this.#options.reject(line, duplicateProblem(error, rows), duplicateMember(error));
    }
    this.#note(state, line, rows);
  }

  /** A new user's only address is as old as the user. */
  #withPrimary(rows: UserRows): UserRows {
    if (rows.primary === undefined) return rows;
    const { primary, ...others } = rows;
    const at = rows.columns.created_at ?? this.#now;
    const confirmedAt = rows.columns.confirmed_at === undefined ? at : rows.columns.confirmed_at;
    const times = { confirmed_at: confirmedAt, created_at: at, updated_at: at };
    const emails = [{ email: primary, is_primary: 1, ...times }];
    return { ...others, lists: { ...rows.lists, emails } };
  }

  #note(state: Written, line: number, rows: UserRows): void {
    const { createdBy, follows, blocks } = rows;
    const username = String(rows.columns.username ?? rows.username);
    if (createdBy !== undefined) state.creators.push([username, createdBy, line]);
    for (const blocked of blocks ?? []) state.blocks.push([username, blocked, line]);
    if (follows === undefined) return;
    const follower = valueIn(state.follows, username, line);
    for (const name of follows) state.follows.add(follower, valueIn(state.follows, name, line));
  }

  /** What names other users, now that all of them are there. */
  async #connect(bulk: BulkLoader, state: Written): Promise<void> {
    const { writer, creators, blocks, follows, report } = state;
    const idOf = async (name: string, line: number, member: string) => {
      const id = await writer.find(name);
      if (id === undefined) {
        this.#options.reject(line, `${member}: there is no user “${name}”.`, [member]);
      }
      return id;
    };
    for (const [username, creator, line] of creators) {
      const creatorId = creator === null ? null : await idOf(creator, line, "created_by");
      const id = await writer.find(username);
      if (creatorId !== undefined && id !== undefined) await writer.setCreator(id, creatorId);
    }
    for (const [blocker, blocked, line] of blocks) {
      const [a, b] = [await writer.find(blocker), await idOf(blocked, line, "blocks")];
      if (a === undefined || b === undefined || a === b) continue;
      await writer.block(a, b, Math.floor(this.#now / 1000));
    }
    if (follows.count === 0) return;
    const { onProgress = () => undefined } = this.#options;
    const loaded = await loadStagedFollows(bulk, follows, {
      now: this.#now,
      onBad: ({ line, problem }) =>
        this.#options.reject(line, `follows: ${problem.replace(HINT, ".")}`, ["follows"]),
      onProgress,
    });
    report.follows = loaded.added;
  }
}

interface Written {
  writer: UserWriter;
  /** The ids that were written. */
  ids: Set<number>;
  creators: [username: string, creator: string | null, line: number][];
  blocks: [blocker: string, blocked: string, line: number][];
  follows: StagedFollows;
  report: UserImportReport;
}

/** The rows with the column that says which of the given texts are emptied. */
function withEmptied(rows: UserRows, before: string): UserRows {
  const { texts, ...others } = rows;
  if (texts === undefined) return others;
  return {
    ...others,
    columns: { ...rows.columns, emptied_texts: emptiedTextsAfter(texts, before) },
  };
}

/** All ids are the database's own then, those of addresses and keys too. */
function withoutIds(rows: UserRows): UserRows {
  const without = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).filter(([column]) => column !== "id"));
  const lists = Object.entries(rows.lists).map(([table, all]) => [table, all.map(without)]);
  return { ...rows, columns: without(rows.columns), lists: Object.fromEntries(lists) };
}

function valueIn(staged: StagedFollows, name: string, line: number): number {
  const bytes = Buffer.from(name);
  return staged.value(bytes, 0, bytes.length, line);
}
