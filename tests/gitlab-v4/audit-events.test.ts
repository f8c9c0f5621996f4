import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { insertRows } from "../support/raw.ts";
import { stage } from "./stage.ts";

/** Expected values: docs.gitlab.com/api/audit_events and /api/rest#supported-resources. */
const here = stage();
let asAdmin: Awaited<ReturnType<typeof here.as>>;
let asUser: typeof asAdmin;
let adminUser: User;
let ordinaryUser: User;

async function forget() {
  const { engine } = here.store;
  await engine.transaction(engine.query.delete(engine.tables.auditEvents));
}

beforeEach(async () => {
  ({ adminUser, ordinaryUser, asAdmin, asUser } = await here.cast());
  await forget();
});

/** Rows that are there beside what requests write, the first one the oldest. */
async function entries(count: number, more: object = {}) {
  const rows = Array.from({ length: count }, (_, place) => ({
    ...{
      action: "user.block",
      actorId: adminUser.id,
      actorUsername: adminUser.username,
      userId: ordinaryUser.id,
    },
    ...{ username: ordinaryUser.username, createdAt: Date.UTC(2026, 0, 1 + place), ...more },
  }));
  const { engine } = here.store;
  await insertRows(engine, engine.tables.auditEvents, rows);
}
const daysOf = ({ body }: { body: { created_at: string }[] }) =>
  body.map(({ created_at }) => Number(created_at.slice(8, 10)));

const PATHS = ["/audit_events", "/audit_events/1"];

describe.each(PATHS)("%s", (path) => {
  it("is for administrators", async () => {
    const unauthorized = await here.anyone.get(path).expect(401);
    expect(unauthorized.body).toEqual({ message: "401 Unauthorized" });
    const forbidden = await asUser.get(path).expect(403);
    expect(forbidden.body).toEqual({ message: "403 Forbidden" });
    // Before any parameter is looked at.
    await asUser.get("/audit_events?entity_type=Nothing").expect(403);
  });

  it("needs api or read_api", async () => {
    await entries(1);
    const reader = await here.as(adminUser, "read_user");
    expect((await reader.get(path).expect(403)).body.error).toBe("insufficient_scope");
    await (await here.as(adminUser, "read_api")).get("/audit_events").expect(200);
  });
});

it("shows who did what to whom, from where", async () => {
  await asAdmin.post(`/users/${ordinaryUser.id}/block`).expect(201);
  const { body } = await asAdmin.get("/audit_events").expect(200);
  expect(body).toEqual([
    {
      id: expect.any(Number),
      author_id: adminUser.id,
      entity_id: ordinaryUser.id,
      entity_type: "User",
      details: {
        to: "blocked",
        event_name: "user.block",
        author_name: "root",
        author_class: "User",
        target_id: ordinaryUser.id,
        target_type: "User",
        target_details: "una",
        custom_message: "Blocked user",
        ip_address: expect.stringContaining("127.0.0.1"),
        entity_path: "una",
      },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  ]);
  const one = await asAdmin.get(`/audit_events/${body[0].id}`).expect(200);
  expect(one.body).toEqual(body[0]);
});

it("names both under sudo, and the part of a user's that an event is about", async () => {
  await asAdmin
    .post("/user/emails")
    .set("Sudo", "una")
    .send({ email: "new@example.test" })
    .expect(201);
  const { body } = await asAdmin.get("/audit_events").expect(200);
  expect(body.at(-1)).toMatchObject({
    author_id: adminUser.id,
    entity_id: ordinaryUser.id,
    details: { on_behalf_of: "una", target_type: "Email", target_details: "new@example.test" },
  });
});

it("calls what is about no user the instance's, and a stranger an unauthenticated user", async () => {
  await entries(1, {
    action: "user.failed_login",
    actorId: null,
    actorUsername: null,
    userId: null,
  });
  const { body } = await asAdmin.get("/audit_events").expect(200);
  expect(body).toMatchObject([
    {
      author_id: -1,
      entity_id: 1,
      entity_type: "Gitlab::Audit::InstanceScope",
      details: { author_name: "An unauthenticated user", entity_path: "gitlab_instance" },
    },
  ]);
});

describe("filters", () => {
  it("refuse what they do not know", async () => {
    const refused: [string, string][] = [
      ["entity_type=Nothing", "entity_type does not have a valid value"],
      ["entity_id=1", "entity_type is missing"],
      ["entity_type=User&entity_id=x", "entity_id is invalid"],
      ["created_after=never", "created_after is invalid"],
      ["created_before=never", "created_before is invalid"],
    ];
    for (const [query, error] of refused) {
      expect((await asAdmin.get(`/audit_events?${query}`).expect(400)).body).toEqual({ error });
    }
  });

  it("choose by time, both ends included", async () => {
    await entries(5);
    const found = async (query: string) =>
      daysOf(await asAdmin.get(`/audit_events?${query}`).expect(200));
    expect(await found("created_after=2026-01-03")).toEqual([5, 4, 3]);
    expect(await found("created_before=2026-01-03T00:00:00Z")).toEqual([3, 2, 1]);
    expect(await found("created_after=2026-01-02&created_before=2026-01-04")).toEqual([4, 3, 2]);
  });

  it("choose by what an event is about", async () => {
    await entries(1);
    await entries(1, { userId: adminUser.id });
    await entries(1, { userId: null });
    const count = async (query: string) =>
      (await asAdmin.get(`/audit_events?${query}`).expect(200)).body.length;
    expect(await count("entity_type=User")).toBe(2);
    expect(await count(`entity_type=User&entity_id=${ordinaryUser.id}`)).toBe(1);
    expect(await count("entity_type=Gitlab::Audit::InstanceScope")).toBe(1);
    expect(await count("entity_type=Gitlab::Audit::InstanceScope&entity_id=1")).toBe(1);
    expect(await count("entity_type=Gitlab::Audit::InstanceScope&entity_id=2")).toBe(0);
    expect(await count("entity_type=Group")).toBe(0);
    expect(await count("entity_type=Project&entity_id=1")).toBe(0);
  });
});

describe("pages", () => {
  it("are numbered, with totals", async () => {
    await entries(5);
    const answer = await asAdmin.get("/audit_events?per_page=2&page=2").expect(200);
    expect(daysOf(answer)).toEqual([3, 2]);
    expect(answer.headers).toMatchObject({ "x-total": "5", "x-total-pages": "3", "x-page": "2" });
    await asAdmin.get("/audit_events?per_page=100&page=501").expect(405);
  });

  it("go on by a cursor with pagination=keyset, the newest first", async () => {
    await entries(5);
    const days: number[] = [];
    let next: string | undefined =
      "/audit_events?pagination=keyset&per_page=2&order_by=id&sort=desc";
    for (let pages = 0; next !== undefined; pages += 1) {
      expect(pages).toBeLessThan(3);
      const answer: { body: { created_at: string }[]; headers: Record<string, string> } =
        await asAdmin.get(next).expect(200);
      days.push(...daysOf(answer));
      expect(answer.headers["x-total"]).toBeUndefined();
      const [, url] = /^<(.+)>; rel="next"$/.exec(answer.headers.link ?? "") ?? [];
      next = url?.slice(here.api.length);
    }
    expect(days).toEqual([5, 4, 3, 2, 1]);
  });

  it("know no other order by cursor", async () => {
    for (const query of ["order_by=created_at", "sort=asc"]) {
      const { body } = await asAdmin.get(`/audit_events?pagination=keyset&${query}`).expect(405);
      expect(body.error).toBe("Keyset pagination is not yet available for this type of request");
    }
    await asAdmin.get("/audit_events?pagination=keyset&cursor=nonsense").expect(400);
  });
});

it("answers 404 for an unknown event, 400 for an id that is no number", async () => {
  expect((await asAdmin.get("/audit_events/999999999").expect(404)).body).toEqual({
    message: "404 Not found",
  });
  expect((await asAdmin.get("/audit_events/x").expect(400)).body).toEqual({
    error: "id is invalid",
  });
});
