import { beforeEach, describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import type { User } from "../../src/domain/user.ts";
import { EventImport } from "../../src/import/load-events.ts";
import { CLOSED, COMMENTED, OPENED, PUSHED } from "../support/vendor-events.ts";
import { BASIC, stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

type NewEvent = Omit<typeof here.store.engine.tables.events.$inferInsert, "authorId" | "createdAt">;

async function did({ id }: User, day: string, event: NewEvent): Promise<void> {
  const { engine } = here.store;
  const row = { authorId: id, createdAt: Date.parse(day), ...event };
  await engine.transaction(engine.query.insert(engine.tables.events).values(row));
}

/** Imports events as `followd import events` does. */
async function brought(events: readonly object[], open = false): Promise<void> {
  const reject = (line: number, problem: string) => {
    throw new Error(`${line}: ${problem}`);
  };
  const bringing = await EventImport.open(here.store, { open, reject });
  for (const [place, event] of events.entries()) bringing.take(place + 1, JSON.stringify(event));
  await bringing.finish();
  await bringing.close();
}

const without = (event: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));

async function join({ id: userId }: User, sourceId: number): Promise<void> {
  const { engine } = here.store;
  const place = { sourceType: "Project", sourceId, sourceName: "p", accessLevel: 10 } as const;
  await engine.transaction(
    engine.query.insert(engine.tables.memberships).values({ ...place, userId }),
  );
}

const names = ({ body }: { body: unknown }) =>
  (body as { action_name: string }[]).map(({ action_name }) => action_name);
const path = (user: number | string = "una") => `/users/${user}/events`;

describe("GET /users/{id}/events", () => {
  it("answers 404 for a name or number of no user", async () => {
    for (const user of ["missing", 999_999]) {
      await here.anyone.get(path(user)).expect(404, { message: "404 User Not Found" });
    }
  });

  it("answers 400 for unknown words and unreadable dates", async () => {
    for (const [query, error] of [
      ["action=zzz", "action does not have a valid value"],
      ["target_type=zzz", "target_type does not have a valid value"],
      ["sort=zzz", "sort does not have a valid value"],
      ["before=zzz&after=zzz", "before is invalid, after is invalid"],
    ]) {
      await here.anyone.get(`${path()}?${query}`).expect(400, { error });
    }
    await (await here.as(cast.ordinaryUser, "read_registry")).get(path()).expect(403);
  });

  it("is empty for a new account, which GitLab notes no event of", async () => {
    for (const client of [here.anyone, cast.asOther, cast.asUser, cast.asAdmin]) {
      expect((await client.get(path()).expect(200)).body).toEqual([]);
    }
    const created = { username: "nina", name: "Nina", email: "nina@example.com" };
    await cast.asAdmin
      .post("/users")
      .send({ ...created, password: "kohl-rabi-41" })
      .expect(201);
    expect((await cast.asAdmin.get(path("nina")).expect(200)).body).toEqual([]);
  });

  it("shows events that belong to no project to all callers, by name or number", async () => {
    const { ordinaryUser } = cast;
    await did(ordinaryUser, "2020-01-01T00:00:00Z", { actionName: "joined" });
    const expected = {
      id: expect.any(Number),
      project_id: null,
      action_name: "joined",
      target_id: null,
      target_iid: null,
      target_type: null,
      author_id: ordinaryUser.id,
      target_title: null,
      created_at: "2020-01-01T00:00:00.000Z",
      author: expect.objectContaining({ id: ordinaryUser.id, username: "una", state: "active" }),
      author_username: "una",
    };
    for (const client of [here.anyone, cast.asOther, await here.as(ordinaryUser, "read_user")]) {
      for (const user of ["una", "UNA", ordinaryUser.id]) {
        const { body } = await client.get(path(user)).expect(200);
        expect(body).toEqual([expected]);
        expect(Object.keys(body[0] as object)).toEqual(Object.keys(expected));
      }
    }
  });

  it("is empty where the profile is hidden", async () => {
    await did(cast.privateUser, "2020-01-01T00:00:00Z", { actionName: "joined" });
    for (const client of [here.anyone, cast.asUser]) {
      const { body, headers } = await client.get(path("petra")).expect(200);
      expect(body).toEqual([]);
      expect(headers).toMatchObject({ "x-total": "0", "x-total-pages": "1" });
    }
    for (const client of [cast.asPrivate, cast.asAdmin]) {
      expect((await client.get(path("petra")).expect(200)).body).toHaveLength(1);
    }
  });

  it("filters, with days that do not count themselves", async () => {
    const { ordinaryUser } = cast;
    await did(ordinaryUser, "2020-01-01T00:00:00Z", {
      actionName: "commented",
      targetType: "Note",
    });
    await did(ordinaryUser, "2020-01-02T12:00:00Z", { actionName: "closed", targetType: "Issue" });
    await did(ordinaryUser, "2020-01-03T23:59:59Z", {
      actionName: "created",
      targetType: "MergeRequest",
    });
    const found = async (query: string) => names(await here.anyone.get(`${path()}?${query}`));
    expect(await found("")).toEqual(["opened", "closed", "commented on"]);
    expect(await found("sort=asc")).toEqual(["commented on", "closed", "opened"]);
    expect(await found("action=commented")).toEqual(["commented on"]);
    expect(await found("target_type=merge_request")).toEqual(["opened"]);
    expect(await found("before=2020-01-02")).toEqual(["commented on"]);
    expect(await found("before=2020-1-4&after=2020-01-01")).toEqual(["opened", "closed"]);
    expect(await found("after=2020-01-03")).toEqual([]);
    expect(await found("per_page=1&page=2")).toEqual(["closed"]);
  });

  it("shows pushes with what was pushed, to members and administrators", async () => {
    const { ordinaryUser, otherUser, asAdmin, asUser, asOther } = cast;
    const push_data = {
      ...{ commit_count: 1, action: "created", ref_type: "branch", commit_from: null },
      ...{ commit_to: "50d4420237a9de7be1304607147aec22e4a14af7", ref: "main" },
      ...{ commit_title: "Add a file", ref_count: null },
    };
    const push = { actionName: "pushed", projectId: 7, data: { push_data } };
    await did(ordinaryUser, "2020-01-01", push);
    const found = async (client: typeof asOther) =>
      (await client.get(`${path()}?action=pushed`).expect(200)).body as { push_data: object }[];
    expect(await found(here.anyone)).toEqual([]);
    expect(await found(asOther)).toEqual([]);
    for (const client of [asUser, asAdmin]) {
      expect(await found(client)).toMatchObject([
        { action_name: "pushed new", project_id: 7, push_data },
      ]);
    }
    await join(otherUser, 7);
    expect(await found(asOther)).toHaveLength(1);
  });
});

describe("what was imported", () => {
  /** How a user looks in GitLab's lists. */
  async function basic({ id }: User) {
    const { body } = await cast.asAdmin.get(`/users/${id}`).expect(200);
    return Object.fromEntries(BASIC.map((key) => [key, (body as Record<string, unknown>)[key]]));
  }

  it("is shown as it was there, with its author as they are here", async () => {
    const ted = await here.user("ted");
    await brought([COMMENTED, PUSHED, CLOSED, OPENED]);
    const [root, author] = [await basic(cast.adminUser), await basic(ted)];
    const opened = without(OPENED, "id", "title");
    const { body: his } = await cast.asAdmin.get(path("ted")).expect(200);
    expect(his).toEqual([{ ...opened, id: expect.any(Number), author_id: ted.id, author }]);
    const { body: hers } = await cast.asAdmin.get(`${path("root")}?sort=asc`).expect(200);
    expect(hers).toHaveLength(3);
    const comment = without(COMMENTED, "title", "data");
    const by = { id: expect.any(Number), author_id: cast.adminUser.id, author: root };
    const note = { ...COMMENTED.note, author: root };
    const now = { created_at: expect.any(String), author_username: "root", target_iid: null };
    const closed = without(CLOSED, "title");
    const pushed = without(PUSHED, "title");
    const push_data = { ...PUSHED.push_data, ref_count: null };
    expect(hers).toEqual(
      expect.arrayContaining([
        { ...comment, ...by, note },
        { ...closed, ...now, ...by },
        { ...pushed, ...now, ...by, push_data },
      ]),
    );
    const order = (at: number) => Object.keys(hers[at] as object).join(" ");
    const first = "id project_id action_name target_id target_iid target_type author_id";
    expect(order(0)).toBe(`${first} target_title created_at note author author_username`);
    expect(order(2)).toBe(`${first} target_title created_at author push_data author_username`);
    expect(Object.keys(push_data)).toEqual(Object.keys(hers[2].push_data as object));
  });

  it.each([
    ["opened", "Issue", "created"],
    ["created", "Project", "created"],
    ["created", "WikiPage::Meta", "created"],
    ["imported", "Project", "created"],
    ["added", "DesignManagement::Design", "created"],
    ["updated", "WikiPage::Meta", "updated"],
    ["accepted", "MergeRequest", "merged"],
    ["approved", "MergeRequest", "approved"],
    ["commented on", "DiffNote", "commented"],
    ["pushed new", null, "pushed"],
    ["pushed to", null, "pushed"],
    ["deleted", null, "pushed"],
    ["joined", null, "joined"],
    ["left", null, "left"],
    ["destroyed", "Milestone", "destroyed"],
    ["removed due to membership expiration from", null, "expired"],
  ])("tells “%s” of a %s, and is found as %s", async (action_name, target_type, action) => {
    await brought([
      { action_name, target_type, author_username: "UNA", created_at: "2020-01-01T00:00Z" },
    ]);
    const { body } = await cast.asAdmin.get(`${path()}?action=${action}&sort=asc`).expect(200);
    expect(body[0]).toMatchObject({ action_name, target_type, author_username: "una" });
  });

  it("has wiki pages and the notes of others as they were", async () => {
    const wiki_page = { format: "markdown", slug: "home", title: "Home" };
    const author = { id: 99, username: "elsewhere", name: "Else" };
    const note = { id: 4, body: "Hm", author, resolvable: false };
    await brought([
      { ...OPENED, author: { username: "una" }, action_name: "updated", wiki_page },
      { ...COMMENTED, author: { username: "una" }, note },
    ]);
    const { body } = await cast.asUser.get(`${path()}?before=2018-01-01`).expect(200);
    expect(body).toMatchObject([{ wiki_page }, { note }]);
  });

  it("is for members, administrators and its author, unless it is public", async () => {
    const byUna = { ...COMMENTED, author: { username: "una" }, project_id: 7 };
    await brought([byUna]);
    const found = async (client: typeof cast.asOther) =>
      names(await client.get(`${path()}?action=commented`).expect(200));
    for (const client of [here.anyone, cast.asOther, cast.asPrivate])
      expect(await found(client)).toEqual([]);
    await join(cast.otherUser, 7);
    await join(cast.privateUser, 8);
    expect(await found(cast.asPrivate)).toEqual([]);
    for (const client of [cast.asOther, cast.asUser, cast.asAdmin]) {
      expect(await found(client)).toEqual(["commented on"]);
    }
    await brought([{ ...byUna, id: 11, created_at: "2016-01-01T00:00:00Z" }], true);
    for (const client of [here.anyone, cast.asPrivate]) {
      expect(await found(client)).toEqual(["commented on"]);
    }
    await here.change(cast.ordinaryUser, { privateProfile: true });
    expect(await found(cast.asOther)).toEqual([]);
  });
});

describe("keys that are added", () => {
  const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";

  it("make no event, be they SSH or GPG keys", async () => {
    await cast.asUser.post("/user/keys").send({ title: "Laptop", key: KEY }).expect(201);
    const { publicKey } = await generateKey({ type: "ecc", userIDs: [{ name: "Una" }] });
    await cast.asUser.post("/user/gpg_keys").send({ key: publicKey }).expect(201);
    expect((await cast.asUser.get(path()).expect(200)).body).toEqual([]);
  });
});

describe("GET /events", () => {
  it("needs a caller, and shows the caller's own events", async () => {
    await did(cast.privateUser, "2020-01-01T00:00:00Z", { actionName: "joined" });
    await here.anyone.get("/events").expect(401, { message: "401 Unauthorized" });
    await (await here.as(cast.ordinaryUser, "read_registry")).get("/events").expect(403);
    await cast.asUser.get("/events?action=zzz").expect(400);
    const { body } = await (await here.as(cast.privateUser, "read_user"))
      .get("/events")
      .expect(200);
    expect(body).toMatchObject([{ action_name: "joined", author_username: "petra" }]);
  });

  it("with scope=all is about the caller's projects, by any user", async () => {
    const { ordinaryUser, otherUser } = cast;
    const at = (project_id: number, username: string, id: number) => ({
      ...COMMENTED,
      id,
      project_id,
      author: { username },
    });
    await brought([at(7, "una", 1), at(7, "petra", 2), at(8, "petra", 3)]);
    const found = async (client: typeof cast.asOther, query: string) =>
      (
        (await client.get(`/events?${query}`).expect(200)).body as { author_username: string }[]
      ).map(({ author_username }) => author_username);
    expect(await found(cast.asOther, "scope=all")).toEqual([]);
    await join(otherUser, 7);
    expect(await found(cast.asOther, "scope=all")).toEqual(["petra", "una"]);
    expect(await found(cast.asOther, "scope=all&sort=asc&per_page=1")).toEqual(["una"]);
    expect(await found(cast.asOther, "scope=all&action=joined")).toEqual([]);
    expect(await found(cast.asOther, "scope=mine")).toEqual([]);
    expect(await found(cast.asUser, "scope=mine")).toEqual(["una"]);
    expect(await found(cast.asAdmin, "scope=all")).toEqual([]);
    await join(ordinaryUser, 8);
    expect(await found(cast.asUser, "scope=all")).toEqual(["petra"]);
    const { headers } = await cast.asOther.get("/events?scope=all").expect(200);
    expect(headers).toMatchObject({ "x-total": "2", "x-total-pages": "1" });
  });
});
