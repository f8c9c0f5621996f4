import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";

import { eventually } from "../support/eventually.ts";
import { insertRows } from "../support/raw.ts";
import { stage, usernames } from "./stage.ts";

const NOW = Date.parse("2026-05-31T08:00:00Z");
const here = stage({ clock: () => NOW });

let cast: Awaited<ReturnType<typeof here.cast>>;
const on = (user: User, lastActivityOn: string | null) => here.change(user, { lastActivityOn });
beforeEach(async () => {
  cast = await here.cast();
  const { adminUser, ordinaryUser, otherUser, privateUser } = cast;
  for (const user of [adminUser, ordinaryUser]) await on(user, "2026-05-31");
  await on(otherUser, "2025-11-29");
  await on(privateUser, "2026-03-01");
});

describe("GET /user/activities", () => {
  it("159: needs a token that may read users", async () => {
    await here.anyone.get("/user/activities").expect(401, { message: "401 Unauthorized" });
    await (await here.as(cast.ordinaryUser, "read_registry")).get("/user/activities").expect(403);
  });

  it("159: wants a date", async () => {
    await cast.asUser.get("/user/activities?from=soon").expect(400, { error: "from is invalid" });
    await cast.asUser.get("/user/activities?per_page=0").expect(400, {
      error: "per_page has a value not allowed",
    });
  });

  it("159: shows the last six months of people with public profiles", async () => {
    const answer = await cast.asUser.get("/user/activities").expect(200);
    expect(usernames(answer)).toEqual(["root", "una"]);
    expect(answer.body[0]).toEqual({
      username: "root",
      last_activity_on: "2026-05-31",
      last_activity_at: "2026-05-31",
    });
    expect(answer.headers).toMatchObject({ "x-total": "2", "x-total-pages": "1", "x-page": "1" });
  });

  it("159: shows administrators all, longest ago first", async () => {
    const all = await cast.asAdmin.get("/user/activities?from=2000-1-1").expect(200);
    expect(usernames(all)).toEqual(["vera", "petra", "root", "una"]);
    expect(usernames(await cast.asAdmin.get("/user/activities"))).toEqual(["petra", "root", "una"]);
    const widened = await cast.asUser.get("/user/activities?from=2000-1-1").expect(200);
    expect(usernames(widened)).toEqual(["vera", "root", "una"]);
  });

  it("has pages, whose links show the day", async () => {
    const answer = await cast.asUser.get("/user/activities?per_page=1&page=2").expect(200);
    expect(usernames(answer)).toEqual(["una"]);
    expect(answer.headers.link).toContain(
      `<${here.api}/user/activities?from=2025-11-30&page=1&per_page=1>; rel="prev"`,
    );
    const far = await cast.asUser.get("/user/activities?page=99999999999999999999").expect(200);
    expect(far.body).toEqual([]);
  });

  it("leaves out X-Total above 10,000 rows, and has X-Next-Page", async () => {
    const { engine } = here.store;
    const rows = Array.from({ length: 10_001 }, (_, count) => ({
      ...{ username: `fan${count}`, createdAt: 0, updatedAt: 0, lastActivityOn: "2026-05-01" },
    }));
    await insertRows(engine, engine.tables.users, rows);
    const { headers, body } = await cast.asUser.get("/user/activities?per_page=100&page=101");
    expect(body).toHaveLength(3);
    expect(headers).not.toHaveProperty("x-total");
    expect(headers).toMatchObject({ "x-next-page": "", "x-prev-page": "100" });
    const before = await cast.asUser.get("/user/activities?per_page=100&page=100").expect(200);
    expect(before.headers["x-next-page"]).toBe("101");
  });

  it("shows users who made a request that was let in", async () => {
    await on(cast.otherUser, null);
    await cast.asOther.get("/user/status").expect(200);
    const noted = async (name: string) => (await here.named(name)).lastActivityOn;
    expect(await eventually(() => noted("vera"))).toBe("2026-05-31");
    await here.change(cast.otherUser, { lastActivityOn: null, state: "blocked" });
    await (await here.as(cast.otherUser)).get("/user/status").expect(403);
    // What is noted of a later request shows that nothing was of the one before.
    await on(cast.ordinaryUser, null);
    await cast.asUser.get("/user/status").expect(200);
    await eventually(() => noted("una"));
    expect(await noted("vera")).toBeNull();
  });
});
