import { request } from "node:http";
import { beforeEach, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { User } from "../../src/domain/user.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { files } from "../storage/opened.ts";
import type { client } from "../support/server.ts";
import { logins, stage } from "../support/stage.ts";

const database = files()("fresh.db");
const server = stage("/api/v3", { file: database });

let mona: User;
let root: User;
let as: Record<"mona" | "hubot" | "root", ReturnType<typeof client>>;

const get = (path: string) => server.anyone.get(path);
const followers = async () => logins(await get("/users/mona/followers").expect(200));
const following = async () => logins(await get("/users/hubot/following").expect(200));

/** Asks for everything that changes below, twice, so that every cache holds it. */
async function warm(): Promise<void> {
  for (const _ of [1, 2]) {
    expect(await followers()).toEqual(["hubot"]);
    expect(await following()).toEqual(["mona"]);
    await get("/users/hubot").expect(200);
    await get("/users/hubot/following/mona").expect(204);
    await as.mona.get("/user").expect(200);
  }
}

/** The list, asked for by a caller who has it already. */
const again = (path: string, tag: string) => get(path).set("If-None-Match", tag);

beforeEach(async () => {
  root = await server.user("root", { admin: true });
  mona = await server.user("mona");
  const hubot = await server.user("hubot");
  as = {
    mona: await server.as(mona, "user"),
    hubot: await server.as(hubot, "user"),
    root: await server.as(root, "site_admin", "user"),
  };
  await as.hubot.put("/user/following/mona").expect(204);
  await warm();
});

describe("the next request after warm ones", () => {
  it("no longer shows a user who has unfollowed", async () => {
    await as.hubot.delete("/user/following/mona").expect(204);
    expect([await followers(), await following()]).toEqual([[], []]);
    await get("/users/hubot/following/mona").expect(404);
    expect((await get("/users/mona")).body).toMatchObject({ followers: 0 });
  });

  it("shows a new follower last", async () => {
    await as.root.put("/user/following/mona").expect(204);
    expect(await followers()).toEqual(["hubot", "root"]);
  });

  it("no longer shows a user who is blocked", async () => {
    await as.mona.put("/user/blocks/hubot").expect(204);
    expect([await followers(), await following()]).toEqual([[], []]);
  });

  it("shows a new name, and nothing under the old one", async () => {
    await as.root.patch("/admin/users/hubot").send({ login: "robot" }).expect(202);
    expect(await followers()).toEqual(["robot"]);
    await get("/users/hubot").expect(404);
    await get("/users/hubot/following").expect(404);
    expect(await logins(await get("/users/robot/following"))).toEqual(["mona"]);
  });

  it("shows another user under a name that was given to them", async () => {
    await as.root.patch("/admin/users/hubot").send({ login: "robot" }).expect(202);
    await as.root.patch("/admin/users/mona").send({ login: "hubot" }).expect(202);
    expect(await logins(await get("/users/hubot/followers"))).toEqual(["robot"]);
    expect(await following()).toEqual([]);
  });

  it("shows who became an administrator, in lists too", async () => {
    await as.root.put("/users/hubot/site_admin").expect(204);
    const { body } = await get("/users/mona/followers");
    expect(body).toMatchObject([{ login: "hubot", site_admin: true }]);
    await as.root.delete("/users/hubot/site_admin").expect(204);
    const { body: later } = await get("/users/mona/followers");
    expect(later).toMatchObject([{ login: "hubot", site_admin: false }]);
  });

  it("hides who is suspended from lists and checks, and shows them again after", async () => {
    await as.root.put("/users/hubot/suspended").expect(204);
    expect(await followers()).toEqual([]);
    await get("/users/hubot/following/mona").expect(404);
    expect((await get("/users/mona")).body).toMatchObject({ followers: 0 });
    await as.root.delete("/users/hubot/suspended").expect(204);
    await warm();
  });

  it("knows nothing of who was deleted", async () => {
    await as.root.delete("/admin/users/hubot").expect(204);
    expect(await followers()).toEqual([]);
    await get("/users/hubot").expect(404);
  });

  it("refuses a suspended caller, a revoked token and the token of who was deleted", async () => {
    await as.root.put("/users/mona/suspended").expect(204);
    await as.mona.get("/user").expect(403);
    await as.root.delete("/users/mona/suspended").expect(204);
    await as.mona.get("/user").expect(200);
    const [row] = await tokens.listByUser(server.store, mona.id);
    await tokens.revoke(server.store, row?.id ?? 0);
    await as.mona.get("/user").expect(401);
    await as.root.delete("/admin/users/root").expect(403);
    await accounts.deleteAccount(server.store, root.id);
    await as.root.get("/user").expect(401);
  });

  it("has another tag when something in it changed, and the same one when nothing did", async () => {
    const path = "/users/mona/followers";
    const { etag = "" } = (await get(path)).headers;
    await again(path, etag).expect(304);
    await get("/users/hubot/followers").expect(200);
    await again(path, etag).expect(304);
    await as.root.patch("/admin/users/hubot").send({ login: "robot" }).expect(202);
    const renamed = await again(path, etag).expect(200);
    expect(renamed.headers.etag).not.toBe(etag);
  });
});

describe("the next request after another process's commit", () => {
  const elsewhere = (sql: string) => {
    const connection = new SqliteConnection(database);
    connection.exec(sql);
    connection.close();
  };

  it.each<[string, string, string[]]>([
    ["an unfollow", "delete from follows", []],
    ["a new name", "update users set username = 'robot' where username = 'hubot'", ["robot"]],
    ["a suspension", "update users set state = 'blocked' where username = 'hubot'", []],
    ["a deletion", "pragma foreign_keys = on; delete from users where username = 'hubot'", []],
    [
      "a follow",
      `insert into follows (follower_id, followed_id, seq, created_at)
        select a.id, b.id, 99, 1 from users a, users b
        where a.username = 'root' and b.username = 'mona'`,
      ["hubot", "root"],
    ],
  ])("shows %s", async (_, sql, wanted) => {
    elsewhere(sql);
    expect(await followers()).toEqual(wanted);
  });

  it("answers a check anew", async () => {
    elsewhere("delete from follows");
    await get("/users/hubot/following/mona").expect(404);
    await as.hubot.get("/user/following/mona").expect(404);
  });

  it("shows a token no more than it may see now", async () => {
    const { body } = await as.mona.get("/user").expect(200);
    expect(body).toHaveProperty("total_private_repos");
    elsewhere("update tokens set scopes = ''");
    const { body: later, headers } = await as.mona.get("/user").expect(200);
    expect(later).not.toHaveProperty("total_private_repos");
    expect(headers["x-oauth-scopes"]).toBe("");
  });

  it("refuses a token that was revoked there", async () => {
    elsewhere("update tokens set revoked_at = 1");
    await as.mona.get("/user").expect(401);
  });

  it("has another tag", async () => {
    const path = "/users/mona/followers";
    const { etag = "" } = (await get(path)).headers;
    elsewhere("delete from follows");
    await again(path, etag).expect(200, []);
  });
});

/** The same question in each dialect, as it is asked by its own clients. */
const OWN = {
  GitHub: { path: "/api/v3/user", show: (token: string) => ({ Authorization: `token ${token}` }) },
  "GitLab v4": { path: "/api/v4/user", show: (token: string) => ({ "PRIVATE-TOKEN": token }) },
  "GitLab v3": { path: "/api/v3/user", show: (token: string) => ({ "PRIVATE-TOKEN": token }) },
};

describe.each(Object.entries(OWN))("what %s shows of the caller", (dialect, { path, show }) => {
  let token: string;

  const own = async (more: Record<string, string> = {}): Promise<Record<string, unknown>> => {
    const headers = { ...show(token), "User-Agent": "tests", ...more };
    const answer = await fetch(server.world.url + path, { headers });
    return { ...((await answer.json()) as object), status: answer.status };
  };
  const ofGitHub = () =>
    fetch(`${server.world.url}/api/v3/user`, {
      headers: { Authorization: `token ${token}`, "User-Agent": "tests" },
    });

  beforeEach(async () => {
    token = await server.world.token(mona, "user", "api");
    for (const _ of [1, 2]) expect(await own()).toMatchObject({ status: 200, id: mona.id });
  });

  it("changes with their profile", async () => {
    await as.mona.patch("/user").send({ name: "Mona Lisa", location: "Paris" }).expect(200);
    expect(await own()).toMatchObject({ name: "Mona Lisa", location: "Paris" });
  });

  it("changes with their addresses", async () => {
    const elsewhere = new SqliteConnection(database);
    elsewhere.exec(`update emails set email = 'new@example.test' where user_id = ${mona.id}`);
    elsewhere.exec(`update users set public_email = 'new@example.test' where id = ${mona.id}`);
    elsewhere.close();
    expect(await own()).toMatchObject({ email: "new@example.test" });
  });

  it("is another user's for another token, and another dialect's with its headers", async () => {
    const before = await own();
    const hubots = await server.world.token(await server.named("hubot"), "user", "api");
    const others = await fetch(server.world.url + path, {
      headers: { ...show(hubots), "User-Agent": "tests" },
    });
    expect(await others.json()).toMatchObject({ id: (await server.named("hubot")).id });
    expect(await (await ofGitHub()).json()).toHaveProperty("login", "mona");
    expect(await own()).toEqual(before);
  });

  it("links to the host that was asked", async () => {
    const shown = await new Promise<string>((resolve, reject) => {
      const headers = { ...show(token), "User-Agent": "tests", Host: "other.test" };
      request(server.world.url + path, { headers }, (res) => {
        let text = "";
        res.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        res.on("end", () => resolve(text));
      })
        .on("error", reject)
        .end();
    });
    expect(shown).toContain("http://other.test/");
    expect(JSON.stringify(await own())).not.toContain("other.test");
  });

  it("is refused once the caller is suspended or the token revoked", async () => {
    await as.root.put("/users/mona/suspended").expect(204);
    expect((await own()).status).toBe(dialect === "GitLab v3" ? 401 : 403);
    await as.root.delete("/users/mona/suspended").expect(204);
    expect((await own()).status).toBe(200);
    for (const { id } of await tokens.listByUser(server.store, mona.id)) {
      await tokens.revoke(server.store, id);
    }
    expect((await own()).status).toBe(401);
  });
});

describe("what GitLab shows of the caller", () => {
  it("under sudo is the other user's, and the caller's own again without it", async () => {
    const token = await server.world.token(root, "api", "sudo");
    const ask = async (more: Record<string, string>) => {
      const headers = { "PRIVATE-TOKEN": token, ...more };
      const answer = await fetch(`${server.world.url}/api/v4/user`, { headers });
      return (await answer.json()) as { id: number };
    };
    for (const _ of [1, 2]) {
      expect((await ask({})).id).toBe(root.id);
      expect((await ask({ Sudo: "mona" })).id).toBe(mona.id);
    }
  });

  it("tells the day of their last request", async () => {
    const token = await server.world.token(mona, "api");
    const ask = async () => {
      const headers = { "PRIVATE-TOKEN": token };
      const answer = await fetch(`${server.world.url}/api/v4/user`, { headers });
      return (await answer.json()) as { last_activity_on: string };
    };
    expect((await ask()).last_activity_on).not.toBe("2020-01-01");
    const { engine } = server.store;
    const { users } = engine.tables;
    await engine.transaction(engine.query.update(users).set({ lastActivityOn: "2020-01-01" }));
    invalidate.userActive(server.store, mona.id);
    expect((await ask()).last_activity_on).toBe("2020-01-01");
  });
});
