import type { IncomingMessage, ServerResponse } from "node:http";
import { defaultConfig } from "../../../src/config/config.ts";
import { authenticateToken } from "../../../src/domain/credentials/authenticate-token.ts";
import { versionOfList } from "../../../src/domain/follows/follow-lists.ts";
import * as follows from "../../../src/domain/follows/follows.ts";
import { invalidate } from "../../../src/domain/invalidation.ts";
import { getUserById } from "../../../src/domain/users/users.ts";
import type { Context } from "../../../src/gitlab/http/context.ts";
import { asJson } from "../../../src/gitlab/http/rails-json.ts";
import { cachedPage } from "../../../src/gitlab/operations/follows.ts";
import { writeCurrentUser } from "../../../src/gitlab/presenters/hydrate-user.ts";
import { userBasic } from "../../../src/gitlab/presenters/user.ts";
import { toGitLabRelease } from "../../../src/gitlab/versions.ts";
import { more, openFor, serve, task } from "../child.ts";

/** Bare node:http over followd's own rules and caches, as GitLab's callers meet them. */
const store = openFor(task());
const headers = more<string[]>();
const FOLLOW_LIMIT = 300;
const { gitlabVersion, gitlabEdition } = defaultConfig;
const settings = { release: toGitLabRelease(gitlabVersion, gitlabEdition) };

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  await invalidate.catchUp(store);
  const { url = "", headers: asked } = req;
  const caller = await authenticateToken(store, asked["private-token"] as string);
  if (caller === undefined) return void res.writeHead(401).end();
  const base = store.responses.base("gitlab", `http://${asked.host}`, "/api/v4");
  const viewer = await getUserById(store, caller.user.id);
  // As much of a request's context as the rules ask for.
  const context = {
    store,
    base,
    settings,
    viewer,
    exchange: { req, dialect: "gitlab", prefix: "/api/v4" },
  } as Context;
  // `/api/v4/user` or `/api/v4/users/{id}/{followers,follow,unfollow}`.
  const [path = "", search = ""] = url.split("?");
  const [, , , kind, id = "", end] = path.split("/");
  if (kind === "user") {
    return put(res, 200, (await writeCurrentUser(context, viewer)).text);
  }
  const user = await getUserById(store, Number(id));
  if (end === "followers") {
    const version = await versionOfList(store, user.id);
    const { page: number = "1" } = Object.fromEntries(new URLSearchParams(search));
    const parameters = { id, ...(search && { page: number }) };
    const query = { page: Number(number) };
    const page = await cachedPage({ ...context, parameters }, "followers", user, query, version);
    const tag = `${id}-${version}`;
    return put(res, 200, page.text, [...page.headers, "ETag", `W/"${tag}"`]);
  }
  const changed =
    end === "follow"
      ? (await follows.followWithinLimit(store, viewer.id, user.id, FOLLOW_LIMIT)) === "followed"
      : await follows.unfollow(store, viewer.id, user.id);
  if (!changed) return void res.writeHead(304, headers).end();
  put(res, 201, asJson(userBasic(user, base)));
}

function put(
  res: ServerResponse,
  status: number,
  text: Buffer | string,
  own: readonly string[] = [],
): void {
  res.writeHead(status, [...headers, ...own, "Content-Length", String(text.length)]);
  res.end(text);
}

serve((req, res) => void answer(req, res));
