import type { LinkBase } from "../../cache/response-cache.ts";
import { listFollowIds, versionOfList } from "../../domain/follows/follow-lists.ts";
import type { ListItem } from "../../domain/user.ts";
import { getListOwner, renderUsers } from "../../domain/users/users.ts";
import type { components } from "../../generated/github-types.ts";
import { type CompressibleBody, compressiblePage } from "../../http/compressible-body.ts";
import { SerializedBody } from "../../http/handler.ts";
import { simpleUser } from "../presenters/user.ts";
import type { Context } from "./context.ts";
import { linkHeader, pageOf, searchOf } from "./pagination.ts";

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

/** GitHub lists followers by the time of their follow, the followed by id. */
const KINDS = { followers: "followers-by-time", following: "following" } as const;

/**
 * A page of the followers of a user, or of those whom the user follows. `path` is what the Link
 * header points to.
 */
export async function listFollows(
  context: Context,
  end: "followers" | "following",
  ownerId: number,
  path: string,
  query: Query,
) {
  const { store, base } = context;
  const version = await versionOfList(store, ownerId);
  const body = async (): Promise<SerializedBody<SimpleUsers>> => {
    const key = `${base.api} ${ownerId} ${end} ${path}?${searchOf(context)}`;
    const cached = store.responses.page<CompressibleBody<SimpleUsers>>(key, version);
    if (cached !== undefined) return cached;
    const page = pageOf(query);
    const owner = await getListOwner(store, ownerId);
    const limits = { offset: page.offset, limit: page.size };
    const ids = await listFollowIds(store, KINDS[end], owner, limits);
    const written = await writeUsers(context, ids, linkHeader(context, path, page, owner[end]));
    // Bytes are cheaper to send again; a text is cheaper to send once.
    store.responses.setPage(key, version, () => compressiblePage(store.responses, key, written));
    return written;
  };
  return { status: 200, tag: `${ownerId}-${version}`, body } as const;
}

/** The page of a list that is small enough to be read whole. */
export function paginateList<T>(context: Context, path: string, query: Query, all: readonly T[]) {
  const page = pageOf(query);
  const body = all.slice(page.offset, page.offset + page.size);
  return { status: 200, body, headers: linkHeader(context, path, page, all.length) } as const;
}
