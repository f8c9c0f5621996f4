import type { IncomingMessage, ServerResponse } from "node:http";
import { keptPage } from "../../src/gitlab/follows.ts";
import { userBasic } from "../../src/gitlab/user-shapes.ts";
import { userInPerson } from "../../src/gitlab/user-views.ts";
import type { Context } from "../../src/gitlab/wire/context.ts";
import { asJson } from "../../src/gitlab/wire/json.ts";
import { tagOf } from "../../src/http/conditional.ts";
import * as follows from "../../src/people/follows.ts";
import { refresh } from "../../src/people/people.ts";
import { holderOf } from "../../src/people/tokens.ts";
import { byId } from "../../src/people/users.ts";
import { openFor, serve, task } from "./child.ts";

/** Bare node:http over followd's own rules and caches, as GitLab's callers meet them. */
const people = openFor(task());
const headers: string[] = JSON.parse(process.argv[3] ?? "[]") as string[];
const FOLLOW_LIMIT = 300;

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  refresh(people);
  const { url = "", headers: asked } = req;
  const caller = await holderOf(people, asked["private-token"] as string);
  if (caller === undefined) return void res.writeHead(401).end();
  const base = people.caches.base("gitlab", `http://${asked.host}`, "/api/v4");
  const viewer = await byId(people, caller.user.id);
  // As much of a request's context as the rules ask for.
  const context = { people, base, viewer, exchange: { req, prefix: "/api/v4" } } as Context;
  // `/api/v4/user` or `/api/v4/users/{id}/{followers,follow,unfollow}`.
  const [, , , kind, id = "", end] = url.split("/");
  if (kind === "user") {
    const text = asJson(await userInPerson(context, viewer));
    return put(res, 200, text);
  }
  const user = await byId(people, Number(id));
  if (end === "followers") {
    const page = await keptPage({ ...context, parameters: { id } }, "followers", user, {});
    const tag = tagOf(`${id}-${people.graph.of(user.id)}-${people.profiles.latest}`);
    return put(res, 200, page.text, [...page.headers, "ETag", `W/"${tag}"`]);
  }
  const changed =
    end === "follow"
      ? (await follows.followUpTo(people, viewer.id, user.id, FOLLOW_LIMIT)) === "followed"
      : await follows.unfollow(people, viewer.id, user.id);
  if (!changed) return void res.writeHead(304, headers).end();
  put(res, 201, asJson(userBasic(user, base)));
}

function put(
  res: ServerResponse,
  status: number,
  text: Buffer | string,
  more: readonly string[] = [],
): void {
  res.writeHead(status, [...headers, ...more, "Content-Length", String(text.length)]);
  res.end(text);
}

serve((req, res) => void answer(req, res));
