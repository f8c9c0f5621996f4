import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticateToken } from "../../../src/domain/credentials/authenticate-token.ts";
import { follow, isFollowing, unfollow } from "../../../src/domain/follows/follows.ts";
import { invalidate } from "../../../src/domain/invalidation.ts";
import { isVisible } from "../../../src/domain/user.ts";
import { canReadProfile } from "../../../src/domain/users/access.ts";
import { getListOwner, getUserById, idOf } from "../../../src/domain/users/users.ts";
import type { Context } from "../../../src/github/http/context.ts";
import { listFollows } from "../../../src/github/http/user-lists.ts";
import { more, openFor, serve, task } from "../child.ts";

/** Bare node:http over followd's own rules and caches: what Express, validation and headers cost. */
const store = openFor(task());
const heads = more<{ check: string[]; list: string[] }>();

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  await invalidate.catchUp(store);
  const { url = "", headers: asked } = req;
  const { authorization } = asked;
  const caller =
    authorization === undefined
      ? undefined
      : await authenticateToken(store, authorization.slice("token ".length));
  // `/api/v3/user/following/{username}` or `/api/v3/users/{username}/followers`.
  const [path = "", search = ""] = url.split("?");
  const [, , , kind, name = "", end = ""] = path.split("/");
  if (kind === "user") {
    if (caller === undefined) return void res.writeHead(401).end();
    const [follower, followed] = [caller.user.id, await idOf(store, end)];
    if (req.method === "PUT") {
      if (!isVisible(await getListOwner(store, followed))) return void res.writeHead(404).end();
      await follow(store, follower, followed);
    }
    if (req.method === "DELETE") await unfollow(store, follower, followed);
    const found = req.method !== "GET" || (await isFollowing(store, follower, followed));
    res.writeHead(found ? 204 : 404, heads.check).end();
    return;
  }
  const id = await idOf(store, name);
  if (!canReadProfile(caller?.user, await getUserById(store, id))) {
    return void res.writeHead(404).end();
  }
  const base = store.responses.base("github", `http://${asked.host}`, "/api/v3");
  const context = { store, base, exchange: { req } } as Context;
  const query = Object.fromEntries(new URLSearchParams(search));
  const { tag, body } = await listFollows(context, "followers", id, `/user/${id}/followers`, query);
  const { text, headers: own } = await body();
  const length = String(text.length);
  res.writeHead(200, [...heads.list, ...own, "ETag", `W/"${tag}"`, "Content-Length", length]);
  res.end(text);
}

serve((req, res) => void answer(req, res));
