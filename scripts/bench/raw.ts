import type { IncomingMessage, ServerResponse } from "node:http";
import { listFollows } from "../../src/github/lists.ts";
import type { Context } from "../../src/github/wire/context.ts";
import { isFollowing } from "../../src/people/follows.ts";
import { refresh } from "../../src/people/people.ts";
import { holderOf } from "../../src/people/tokens.ts";
import { idOf } from "../../src/people/users.ts";
import { openFor, serve, task } from "./child.ts";

/** Bare node:http over followd's own rules and caches: what Express, validation and manners cost. */
const people = openFor(task());
let headers: string[] = [];

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  refresh(people);
  const { url = "", headers: asked } = req;
  const caller = await holderOf(people, (asked.authorization ?? "").slice("token ".length));
  if (caller === undefined) return void res.writeHead(401).end();
  // `/api/v3/user/following/{username}` or `/api/v3/users/{username}/followers`.
  const [, , , kind, name = "", end = ""] = url.split("/");
  if (kind === "user") {
    const found = await isFollowing(people, caller.user.id, await idOf(people, end));
    res.writeHead(found ? 204 : 404, headers).end();
    return;
  }
  const id = await idOf(people, name);
  const base = people.caches.base("github", `http://${asked.host}`, "/api/v3");
  const context = { people, base, exchange: { req } } as Context;
  const { tag, body } = listFollows(context, "followers", id, `/user/${id}/followers`, {});
  const { text, headers: own } = await body();
  const length = String(text.length);
  res.writeHead(200, [...headers, ...own, "ETag", tag, "Content-Length", length]);
  res.end(text);
}

headers = (JSON.parse(process.argv[3] ?? "[]") as string[]) ?? [];
serve((req, res) => void answer(req, res));
