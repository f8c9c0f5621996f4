import { beforeEach, describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

async function counted(): Promise<void> {
  const { engine } = here.store;
  await engine.transaction(
    engine.query.insert(engine.tables.userCounts).values({
      ...{ userId: cast.ordinaryUser.id, groups: 1, projects: 2, issues: 3, mergeRequests: 4 },
      ...{ assignedIssues: 5, assignedMergeRequests: 6, reviewRequestedMergeRequests: 7, todos: 8 },
    }),
  );
}

describe("GET /user_counts", () => {
  it("158: needs a token that may read all", async () => {
    await here.anyone.get("/user_counts").expect(401, { message: "401 Unauthorized" });
    const { body } = await (await here.as(cast.ordinaryUser, "read_user"))
      .get("/user_counts")
      .expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api read_api" });
    await (await here.as(cast.ordinaryUser, "read_api")).get("/user_counts").expect(200);
  });

  it("158: has five numbers", async () => {
    await cast.asUser.get("/user_counts").expect(200, {
      merge_requests: 0,
      assigned_issues: 0,
      assigned_merge_requests: 0,
      review_requested_merge_requests: 0,
      todos: 0,
    });
    await counted();
    await cast.asUser.get("/user_counts").expect(200, {
      merge_requests: 6,
      assigned_issues: 5,
      assigned_merge_requests: 6,
      review_requested_merge_requests: 7,
      todos: 8,
    });
  });
});

describe("GET /users/{id}/associations_count", () => {
  const path = (id: number | string = cast.ordinaryUser.id) => `/users/${id}/associations_count`;

  it("157: refuses other users with 403, and answers 404 for an unknown id", async () => {
    await here.anyone.get(path()).expect(401, { message: "401 Unauthorized" });
    await cast.asOther.get(path()).expect(403, { message: "403 Forbidden" });
    await cast.asUser.get(path(999_999)).expect(404, { message: "404 User Not Found" });
    await cast.asUser.get(path("una")).expect(404, { error: "404 Not Found" });
    await (await here.as(cast.ordinaryUser, "read_registry")).get(path()).expect(403);
  });

  it("157: shows what was counted for the user, and zeros before that", async () => {
    const none = { groups_count: 0, projects_count: 0, issues_count: 0, merge_requests_count: 0 };
    await cast.asUser.get(path()).expect(200, none);
    await counted();
    const some = { groups_count: 1, projects_count: 2, issues_count: 3, merge_requests_count: 4 };
    await cast.asUser.get(path()).expect(200, some);
    await cast.asAdmin.get(path()).expect(200, some);
    expect(Object.keys((await cast.asAdmin.get(path(cast.otherUser.id)).expect(200)).body)).toEqual(
      Object.keys(none),
    );
  });
});
