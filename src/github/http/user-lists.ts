import type { LinkBase } from "../../cache/response-cache.ts";
import { listFollowIds, versionOfList } from "../../domain/follows/follow-lists.ts";
import type { ListItem } from "../../domain/user.ts";
import { getListOwner, renderUsers } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { type CompressibleBody, compressiblePage } from "../../http/compressible-body.ts";
import { SerializedBody } from "../../http/handler.ts";
import { simpleUser } from "../presenters/user.ts";
import type { Context } from "./context.ts";
import { linkHeader, type Page, pageOf, searchOf } from "./pagination.ts";

type SimpleUsers = components["schemas"]["simple-user"][];
type Query = { page?: string; per_page?: string };

const writeUser = (user: ListItem, base: LinkBase): string =>
  JSON.stringify(simpleUser(user, base));

/** The users of a page, written out. */
export async function writeUsers(
  { store, base }: Context,
  ids: readonly number[],
  headers: readonly string[],
): Promise<SerializedBody<SimpleUsers>> {
  const texts = await renderUsers(store, base, ids, writeUser);
  return new SerializedBody(`[${texts.join(",")}]`, headers);
}

/**
 * A page of the followers of a user, or of those whom the user follows. `path` is what the Link
 * header points to.
 */
export async function listFollows(
  context: Context,
  end: "followers" | "following",
  owner: number,
  path: string,
  query: Query,
) {
  const { store, base } = context;
  const version = await versionOfList(store, owner);
  const body = async (): Promise<SerializedBody<SimpleUsers>> => {
    const key = `${base.api} ${owner} ${end} ${path}?${searchOf(context)}`;
    const kept = store.responses.page<CompressibleBody<SimpleUsers>>(key, version);
    if (kept !== undefined) return kept;
    const written = await writePage(context, end, owner, path, pageOf(query));
    // Bytes are cheaper to send again; a text is cheaper to send once.
    store.responses.setPage(key, version, () => compressiblePage(store.responses, key, written));
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
): Promise<SerializedBody<SimpleUsers>> {
  const owner = await getListOwner(context.store, ownerId);
  const kind = end === "followers" ? "followers-by-time" : "following";
  const limits = { offset: page.offset, limit: page.size };
  const ids = await listFollowIds(context.store, kind, owner, limits);
  return writeUsers(context, ids, linkHeader(context, path, page, owner[end]));
}

/** The page of a list that is small enough to be read whole. */
export function paginateList<T>(context: Context, path: string, query: Query, all: readonly T[]) {
  const page = pageOf(query);
  const body = all.slice(page.offset, page.offset + page.size);
  return { status: 200, body, headers: linkHeader(context, path, page, all.length) } as const;
}
