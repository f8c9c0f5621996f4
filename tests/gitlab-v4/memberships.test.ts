import { beforeEach, describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
  const { engine } = here.store;
  const userId = cast.ordinaryUser.id;
  await engine.transaction(
    engine.query.insert(engine.tables.memberships).values([
      { userId, sourceType: "Project", sourceId: 7, sourceName: "site", accessLevel: 30 },
      { userId, sourceType: "Namespace", sourceId: 3, sourceName: "Group", accessLevel: 50 },
    ]),
  );
});

const path = (id: number | string = cast.ordinaryUser.id) => `/users/${id}/memberships`;
const group = {
  source_id: 3,
  source_name: "Group",
  source_type: "Namespace",
  access_level: 50,
};
const project = { source_id: 7, source_name: "site", source_type: "Project", access_level: 30 };

describe("GET /users/{user_id}/memberships", () => {
  it("160: is for administrators", async () => {
    await here.anyone.get(path()).expect(401, { message: "401 Unauthorized" });
    await cast.asUser.get(path()).expect(403, { message: "403 Forbidden" });
    await cast.asUser.get(path(999_999)).expect(403, { message: "403 Forbidden" });
    await (await here.as(cast.adminUser, "read_registry")).get(path()).expect(403);
  });

  it("160: answers 404 for an unknown id, and knows only two types", async () => {
    await cast.asAdmin.get(path(999_999)).expect(404, { message: "404 User Not Found" });
    await cast.asAdmin.get(path("abc")).expect(400, { error: "user_id is invalid" });
    await cast.asAdmin.get(`${path()}?type=foo`).expect(400, {
      error: "type does not have a valid value",
    });
  });

  it("160: lists them, with numbers for levels", async () => {
    const { body, headers } = await cast.asAdmin.get(path()).expect(200);
    expect(body).toEqual([group, project]);
    expect(headers).toMatchObject({ "x-total": "2", "x-next-page": "", "x-prev-page": "" });
    expect((await cast.asAdmin.get(`${path()}?type=Project`)).body).toEqual([project]);
    expect((await cast.asAdmin.get(`${path()}?type=Namespace`)).body).toEqual([group]);
    const second = await cast.asAdmin.get(`${path()}?per_page=1&page=2`).expect(200);
    expect(second.body).toEqual([project]);
    expect(second.headers.link).toContain(`user_id=${cast.ordinaryUser.id}`);
    expect((await cast.asAdmin.get(path(cast.otherUser.id))).body).toEqual([]);
  });
});
