import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticateToken } from "../../../src/domain/credentials/authenticate-token.ts";
import { isFollowing } from "../../../src/domain/follows/follows.ts";
import { invalidate } from "../../../src/domain/invalidation.ts";
import { idOf } from "../../../src/domain/users/users.ts";
import type { Context } from "../../../src/github/http/context.ts";
import { listFollows } from "../../../src/github/http/user-lists.ts";
import { openFor, serve, task } from "../child.ts";

/** Bare node:http over followd's own rules and caches: what Express, validation and manners cost. */
const store = openFor(task());
let headers: string[] = [];

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  await invalidate.catchUp(store);
  const { url = "", headers: asked } = req;
  const caller = await authenticateToken(store, (asked.authorization ?? "").slice("token ".length));
  if (caller === undefined) return void res.writeHead(401).end();
  // `/api/v3/user/following/{username}` or `/api/v3/users/{username}/followers`.
  const [, , , kind, name = "", end = ""] = url.split("/");
  if (kind === "user") {
    const found = await isFollowing(store, caller.user.id, await idOf(store, end));
    res.writeHead(found ? 204 : 404, headers).end();
    return;
  }
  const id = await idOf(store, name);
  const base = store.responses.base("github", `http://${asked.host}`, "/api/v3");
  const context = { store, base, exchange: { req } } as Context;
  const { tag, body } = await listFollows(context, "followers", id, `/user/${id}/followers`, {});
  const { text, headers: own } = await body();
  const length = String(text.length);
  res.writeHead(200, [...headers, ...own, "ETag", tag, "Content-Length", length]);
  res.end(text);
}

headers = (JSON.parse(process.argv[3] ?? "[]") as string[]) ?? [];
serve((req, res) => void answer(req, res));
