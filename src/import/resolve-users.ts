import { isVisible, type User } from "../domain/user.ts";
import { isUsername } from "../domain/users/usernames.ts";
import type { BulkLoader } from "../storage/bulk.ts";
import { BadLine, type StagedFollows } from "./staged-follows.ts";

/** In place of an id: the value names no user. */
const BAD = -1;
/** In place of an id: the value stands for a user who is yet to be made. */
const MISSING = -2;

/** Whether a value of a file stands for a user. */
export const isUser = (id: number | undefined): id is number => id !== undefined && id > 0;

interface Options {
  /** Makes a username of a value where it has `{id}`; without it values are usernames. */
  createUsers?: string | undefined;
  onBad?: ((error: BadLine) => void) | undefined;
}

interface ResolvedUsers {
  /** For each value the id of its user, or one of the marks above. */
  ids: Float64Array;
  /** Ids of users who are out of sight. */
  unlisted: Set<number>;
}

/** Looks up all users who are named in a file. Throws at the first bad value, or tells `onBad`. */
export async function findUsers(
  bulk: BulkLoader,
  staged: StagedFollows,
  { createUsers, onBad }: Options,
): Promise<ResolvedUsers> {
  const ids = new Float64Array(staged.values.size);
  const unlisted = new Set<number>();
  const usernames = Array.from(ids, (_, value) => usernameOf(staged, value, createUsers));
  const users = await bulk.usersNamed(usernames);
  for (const [value, username] of usernames.entries()) {
    const possible = isUsername(username);
    const user = possible ? users[value] : undefined;
    if (user !== undefined && !isVisible(user as User)) unlisted.add(user.id);
    ids[value] = user?.id ?? (possible && createUsers !== undefined ? MISSING : BAD);
    if (ids[value] !== BAD) continue;
    const error = new BadLine(staged.lineOf(value), problemWith(username, possible));
    if (onBad === undefined) throw error;
    onBad(error);
  }
  return { ids, unlisted };
}

const usernameOf = ({ values }: StagedFollows, value: number, template = "{id}"): string =>
  template.replaceAll("{id}", () => values.textOf(value));

const problemWith = (username: string, possible: boolean): string =>
  possible
    ? `there is no user “${username}”; --create-users {id} would make such users.`
    : `“${username.slice(0, 100)}” can't be a username.`;

/** Makes those who are missing, in the file's order, unless all their lines are bad. */
export async function makeMissing(
  bulk: BulkLoader,
  staged: StagedFollows,
  ids: Float64Array,
  template: string,
  now: number,
): Promise<number> {
  const referenced = valuesOfGoodLines(staged, ids);
  const places = new Map<string, number>();
  const usernames: string[] = [];
  const made: [value: number, place: number][] = [];
  for (let value = 0; value < ids.length; value += 1) {
    if (ids[value] !== MISSING || referenced[value] === 0) continue;
    const username = usernameOf(staged, value, template);
    const place = places.get(username.toLowerCase()) ?? usernames.length;
    places.set(username.toLowerCase(), place);
    if (place === usernames.length) usernames.push(username);
    made.push([value, place]);
  }
  const added = await bulk.addUsers(usernames, now);
  for (const [value, place] of made) ids[value] = added[place] ?? MISSING;
  return usernames.length;
}

function valuesOfGoodLines({ followers, followed, count }: StagedFollows, ids: Float64Array) {
  const referenced = new Uint8Array(ids.length);
  for (let line = 0; line < count; line += 1) {
    const [a, b] = [followers[line] ?? 0, followed[line] ?? 0];
    if (ids[a] === BAD || ids[b] === BAD) continue;
    referenced[a] = 1;
    referenced[b] = 1;
  }
  return referenced;
}
