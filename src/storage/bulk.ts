import type { Edges } from "./sort-edges.ts";

/** What a file is held against: a user by name or id, and whether lists show them. */
export interface FoundUser {
  readonly id: number;
  readonly state: string;
  readonly type: string;
}

/** Follows to be written at once. */
export interface FollowLoad {
  readonly edges: Edges;
  /** For each of the users 1 if they are out of sight. */
  readonly unlisted: Uint8Array;
  /** When edges without a time of their own are made, in seconds since 1970. */
  readonly createdAt: number;
  readonly onProgress: (stage: string, done: number, of: number) => void;
}

/** What an import does inside of its one transaction. */
export interface BulkLoader {
  /** Users by name in any case, in the order of the names; undefined where there is none. */
  usersNamed(usernames: readonly string[]): Promise<(FoundUser | undefined)[]>;
  /**
   * Makes active users without addresses, under names that are free, and returns their ids in the
   * same order. `now` is in milliseconds.
   */
  addUsers(usernames: readonly string[], now: number): Promise<Float64Array>;
  /** Every block, as the ids of the blocker and the blocked. */
  blockedPairs(): Promise<[blockerId: number, blockedId: number][]>;
  /**
   * Writes edges that are between different users; those that exist stay as they are. Says how many
   * are new. Counters, marks and the order are then as if each had been made alone.
   */
  loadFollows(load: FollowLoad): Promise<number>;
  /**
   * Writes so many users one by one. A large load that only adds may find the tables without what only
   * reading needs, which is made again at its end.
   */
  writeUsers<T>(
    load: { count: number; onlyAdds: boolean },
    work: (writer: UserWriter) => Promise<T>,
  ): Promise<T>;
}

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

/** A user as rows of tables, by the name of the table: several, or one of each kind. */
export interface RowsOfUser {
  readonly columns: Row;
  readonly lists: Readonly<Record<string, readonly Row[]>>;
  /** Null takes the row away. */
  readonly singles: Readonly<Record<string, Row | null>>;
  /** The primary address, where the other addresses stay as they are. */
  readonly primary?: string | undefined;
}

/** A row that can't be written because another one has what only one may have. */
export class DuplicateRowError extends Error {
  override name = "DuplicateRowError";
  /** The index or the column, such as `users_username`. */
  readonly place: string;

  constructor(place: string) {
    super(`${place} is taken`);
    this.place = place;
  }
}

/** Writes users with all that is theirs. Counters and marks of follows are kept as ever. */
export interface UserWriter {
  /** The id behind a username in any case. */
  find(username: string): Promise<number | undefined>;
  /**
   * Makes a user and returns the id. Rejects with DuplicateRowError, and has then written nothing.
   * Times that are not given are `now`, in milliseconds.
   */
  add(rows: RowsOfUser, now: number): Promise<number>;
  /** Changes what is given of a user who is there. Rejects with DuplicateRowError. */
  update(id: number, rows: RowsOfUser, now: number): Promise<void>;
  /** The column of emptied texts of a user who is there. */
  emptiedTexts(id: number): Promise<string>;
  /** Says by whom a user was made. */
  setCreator(id: number, creatorId: number | null): Promise<void>;
  /** One user blocks another; neither follows the other any more. `at` is in seconds. */
  block(blockerId: number, blockedId: number, at: number): Promise<void>;
  /** Names a group or a project. */
  nameSource(type: "Namespace" | "Project", id: number, name: string): Promise<void>;
}

/** Where users of a file wait as texts, outside of the tables, with the lines they come from. */
export interface UserStage {
  add(lines: readonly (readonly [line: number, user: string])[]): Promise<void>;
  /** By line; inside of a bulk load, too. */
  users(): AsyncIterable<{ line: number; user: string }>;
  close(): Promise<void>;
}

export interface EventRow {
  authorId: number;
  projectId: number | null;
  actionName: string;
  targetId: number | null;
  targetIid: number | null;
  targetType: string | null;
  targetTitle: string | null;
  /** JSON. */
  data: string | null;
  /** Milliseconds since 1970; null for an event without a time. */
  createdAt: number | null;
  /** The event's id where it comes from, if it had one there. */
  sourceId: number | null;
}

/** Where events of a file wait, outside of the tables, until all of them are written at once. */
export interface EventStage {
  usersNamed(usernames: readonly string[]): Promise<(FoundUser | undefined)[]>;
  usersById(ids: readonly number[]): Promise<(FoundUser | undefined)[]>;
  add(rows: readonly EventRow[]): Promise<void>;
  /**
   * Writes what was added, each event once, oldest first, and leaves out what is there already and
   * what has no author. Says how many are new; those without a time get `now`, in milliseconds.
   */
  write(now: number): Promise<number>;
  close(): Promise<void>;
}

/** What distinguishes events of one author and time: their number in the source, or their content. */
export function identityOf(row: EventRow): string {
  if (row.sourceId !== null) return String(row.sourceId);
  const { authorId, projectId, actionName, targetId, targetIid, targetType, targetTitle } = row;
  return JSON.stringify([
    ...[authorId, projectId, actionName, targetId, targetIid],
    ...[targetType, targetTitle, row.data],
  ]);
}
