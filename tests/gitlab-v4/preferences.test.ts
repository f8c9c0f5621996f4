import { beforeEach, describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

const initial = () => ({
  id: null,
  user_id: cast.ordinaryUser.id,
  view_diffs_file_by_file: false,
  show_whitespace_in_diffs: true,
  pass_user_identities_to_ci_jwt: false,
});

describe("GET /user/preferences", () => {
  it("needs a token that may read users", async () => {
    await here.anyone.get("/user/preferences").expect(401, { message: "401 Unauthorized" });
    await (await here.as(cast.ordinaryUser, "read_registry")).get("/user/preferences").expect(403);
  });

  it("has no id before they are saved", async () => {
    await cast.asUser.get("/user/preferences").expect(200, initial());
  });
});

describe("PUT /user/preferences", () => {
  const path = "/user/preferences";

  it("needs a token with the scope api", async () => {
    await here.anyone.put(path).send({ view_diffs_file_by_file: true }).expect(401);
    const reader = await here.as(cast.ordinaryUser, "read_api");
    await reader.put(path).send({ view_diffs_file_by_file: true }).expect(403);
    await cast.asUser.get(path).expect(200, initial());
  });

  it("142: wants one at least, and each a boolean", async () => {
    const names =
      "view_diffs_file_by_file, show_whitespace_in_diffs, pass_user_identities_to_ci_jwt";
    await cast.asUser
      .put(path)
      .send({})
      .expect(400, { error: `${names} are missing, at least one parameter must be provided` });
    await cast.asUser
      .put(path)
      .send({ view_diffs_file_by_file: "maybe" })
      .expect(400, { error: "view_diffs_file_by_file is invalid" });
  });

  it("142: changes one and leaves the rest", async () => {
    const { body } = await cast.asUser
      .put(path)
      .send({ view_diffs_file_by_file: "yes" })
      .expect(200);
    expect(body).toEqual({
      ...initial(),
      id: expect.any(Number),
      view_diffs_file_by_file: true,
    });
    await cast.asUser
      .put(path)
      .type("form")
      .send({ show_whitespace_in_diffs: "0" })
      .expect(200, { ...body, show_whitespace_in_diffs: false });
    await cast.asUser
      .put(path)
      .send({ pass_user_identities_to_ci_jwt: null })
      .expect(200, { ...body, show_whitespace_in_diffs: false });
    expect((await cast.asOther.get(path).expect(200)).body.id).toBeNull();
  });
});
