import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/people/users.ts";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

type NewEvent = Omit<typeof here.people.db.tables.events.$inferInsert, "authorId" | "createdAt">;

async function did({ id }: User, day: string, event: NewEvent): Promise<void> {
  const { db } = here.people;
  const row = { authorId: id, createdAt: Date.parse(day), ...event };
  await db.write(db.query.insert(db.tables.events).values(row));
}

const names = ({ body }: { body: unknown }) =>
  (body as { action_name: string }[]).map(({ action_name }) => action_name);
const path = (user: number | string = "una") => `/users/${user}/events`;

describe("GET /users/{id}/events", () => {
  it("161: knows nobody of that name or number", async () => {
    for (const user of ["nobody", 999_999]) {
      await here.anyone.get(path(user)).expect(404, { message: "404 User Not Found" });
    }
  });

  it("161: takes only words and dates that it knows", async () => {
    for (const [query, error] of [
      ["action=zzz", "action does not have a valid value"],
      ["target_type=zzz", "target_type does not have a valid value"],
      ["sort=zzz", "sort does not have a valid value"],
      ["before=zzz&after=zzz", "before is invalid, after is invalid"],
    ]) {
      await here.anyone.get(`${path()}?${query}`).expect(400, { error });
    }
    await (await here.as(cast.u, "read_registry")).get(path()).expect(403);
  });

  it("161: begins with the day of joining, for everybody, by name or number", async () => {
    const { u } = cast;
    const expected = {
      id: expect.any(Number),
      project_id: null,
      action_name: "joined",
      target_id: null,
      target_iid: null,
      target_type: null,
      author_id: u.id,
      target_title: null,
      created_at: new Date(u.createdAt).toISOString(),
      author: expect.objectContaining({ id: u.id, username: "una", state: "active" }),
      author_username: "una",
    };
    for (const client of [here.anyone, cast.V, await here.as(u, "read_user")]) {
      for (const user of ["una", "UNA", u.id]) {
        const { body } = await client.get(path(user)).expect(200);
        expect(body).toEqual([expected]);
        expect(Object.keys(body[0] as object)).toEqual(Object.keys(expected));
      }
    }
  });

  it("161: is empty where the profile is hidden", async () => {
    for (const client of [here.anyone, cast.U]) {
      const { body, headers } = await client.get(path("petra")).expect(200);
      expect(body).toEqual([]);
      expect(headers).toMatchObject({ "x-total": "0", "x-total-pages": "1" });
    }
    for (const client of [cast.P, cast.R]) {
      expect((await client.get(path("petra")).expect(200)).body).toHaveLength(1);
    }
  });

  it("filters, with days that do not count themselves", async () => {
    const { u } = cast;
    await did(u, "2020-01-01T00:00:00Z", { actionName: "commented", targetType: "Note" });
    await did(u, "2020-01-02T12:00:00Z", { actionName: "closed", targetType: "Issue" });
    await did(u, "2020-01-03T23:59:59Z", { actionName: "created", targetType: "MergeRequest" });
    const found = async (query: string) => names(await here.anyone.get(`${path()}?${query}`));
    expect(await found("")).toEqual(["joined", "opened", "closed", "commented on"]);
    expect(await found("sort=asc")).toEqual(["commented on", "closed", "opened", "joined"]);
    expect(await found("action=commented")).toEqual(["commented on"]);
    expect(await found("target_type=merge_request")).toEqual(["opened"]);
    expect(await found("before=2020-01-02")).toEqual(["commented on"]);
    expect(await found("before=2020-1-4&after=2020-01-01")).toEqual(["opened", "closed"]);
    expect(await found("after=2020-01-03")).toEqual(["joined"]);
    expect(await found("per_page=1&page=3")).toEqual(["closed"]);
  });

  it("shows pushes with what was pushed, to members and administrators", async () => {
    const { u, v, R, U, V } = cast;
    const push_data = {
      ...{ commit_count: 1, action: "created", ref_type: "branch", commit_from: null },
      ...{ commit_to: "50d4420237a9de7be1304607147aec22e4a14af7", ref: "main" },
      ...{ commit_title: "Add a file", ref_count: null },
    };
    const push = { actionName: "pushed", projectId: 7, data: { push_data } };
    await did(u, "2020-01-01", push);
    const found = async (client: typeof V) =>
      (await client.get(`${path()}?action=pushed`).expect(200)).body as { push_data: object }[];
    expect(await found(here.anyone)).toEqual([]);
    expect(await found(V)).toEqual([]);
    for (const client of [U, R]) {
      expect(await found(client)).toMatchObject([
        { action_name: "pushed new", project_id: 7, push_data },
      ]);
    }
    const { db } = here.people;
    const membership = { sourceType: "Project", sourceId: 7, sourceName: "p", accessLevel: 10 };
    await db.write(
      db.query
        .insert(db.tables.memberships)
        .values({ ...membership, sourceType: "Project", userId: v.id }),
    );
    expect(await found(V)).toHaveLength(1);
  });
});

describe("GET /events", () => {
  it("is for somebody, and about them", async () => {
    await here.anyone.get("/events").expect(401, { message: "401 Unauthorized" });
    await (await here.as(cast.u, "read_registry")).get("/events").expect(403);
    await cast.U.get("/events?action=zzz").expect(400);
    const { body } = await (await here.as(cast.p, "read_user")).get("/events").expect(200);
    expect(body).toMatchObject([{ action_name: "joined", author_username: "petra" }]);
  });
});
