import { beforeEach, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import * as tokens from "../../src/domain/credentials/tokens.ts";
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
