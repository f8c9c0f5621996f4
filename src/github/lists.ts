import type { components } from "../generated/github-types.ts";
import { Written } from "../http/handler.ts";
import type { Base } from "../people/caches.ts";
import * as follows from "../people/follows.ts";
import { type Listed, standing } from "../people/users.ts";
import { linkHeader, type Page, pageOf, searchOf } from "./pages.ts";
import { simpleUser } from "./user-shapes.ts";
import type { Context } from "./wire/context.ts";

type SimpleUsers = components["schemas"]["simple-user"][];
type Query = { page?: string; per_page?: string };

const writeUser = (user: Listed, base: Base): string => JSON.stringify(simpleUser(user, base));

/** The users of a page, written out. */
export async function writeUsers(
  { people, base }: Context,
  ids: readonly number[],
  headers: readonly string[],
): Promise<Written<SimpleUsers>> {
  const texts = await people.caches.fragments(people, base, ids, writeUser);
  return new Written(`[${texts.join(",")}]`, headers);
}

/**
 * A page of the followers of a user, or of those whom the user follows. `path` is what the Link
 * header points to.
 */
export function listFollows(
  context: Context,
  end: "followers" | "following",
  owner: number,
  path: string,
  query: Query,
) {
  const { people, base } = context;
  const version = `${people.graph.of(owner)}-${people.profiles.latest}`;
  const body = async (): Promise<Written<SimpleUsers>> => {
    const key = `${base.api} ${owner} ${end} ${path}?${searchOf(context)}`;
    const kept = people.caches.page<Written<SimpleUsers>>(key, version);
    if (kept !== undefined) return kept;
    const written = await writePage(context, end, owner, path, pageOf(query));
    // Bytes are cheaper to send again; a text is cheaper to send once.
    people.caches.keepPage(key, version, () => written.inBytes());
    return written;
  };
  return { status: 200, tag: `${owner}-${version}`, body } as const;
}

async function writePage(
  context: Context,
  end: "followers" | "following",
  ownerId: number,
  path: string,
  page: Page,
): Promise<Written<SimpleUsers>> {
  const owner = await standing(context.people, ownerId);
  const kind = end === "followers" ? "followers-by-time" : "following";
  const limits = { offset: page.offset, limit: page.size };
  const ids = await follows.page(context.people, kind, owner, limits);
  return writeUsers(context, ids, linkHeader(context, path, page, owner[end]));
}

/** The page of a list that is small enough to be read whole. */
export function pageOfAll<T>(context: Context, path: string, query: Query, all: readonly T[]) {
  const page = pageOf(query);
  const body = all.slice(page.offset, page.offset + page.size);
  return { status: 200, body, headers: linkHeader(context, path, page, all.length) } as const;
}
