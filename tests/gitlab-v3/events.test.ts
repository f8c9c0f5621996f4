import { describe, expect, it } from "@jest/globals";
import type { EventData } from "../../src/domain/activity/events.ts";
import type { User } from "../../src/domain/user.ts";
import { BASIC, stage } from "./stage.ts";

const here = stage();

type Row = typeof here.store.engine.tables.events.$inferInsert;

async function did(
  { id }: User,
  day: string,
  event: Omit<Row, "authorId" | "createdAt" | "data">,
  data?: EventData,
) {
  const { engine } = here.store;
  const row = { authorId: id, createdAt: Date.parse(day), data, ...event };
  await engine.transaction(engine.query.insert(engine.tables.events).values(row));
}

const PUSH = {
  commit_count: 3,
  action: "pushed",
  ref_type: "branch",
  commit_from: "50d4420237a9de7be1304607147aec22e4a14af7",
  commit_to: "c5feabde2d8cd023215af4d2ceeb7a64839fc428",
  ref: "master",
  commit_title: "Add simple search to projects in public area",
  ref_count: null,
};

describe("GET /users/{id}/events", () => {
  it("answers 404 for a number of no user, and for a name", async () => {
    const { asUser } = await here.cast();
    await asUser.get("/users/999999/events").expect(404, { message: "404 User Not Found" });
    await asUser.get("/users/una/events").expect(404, { error: "404 Not Found" });
  });

  it("shows only what is in projects that the caller may see", async () => {
    const { asAdmin, asUser, asOther, otherUser } = await here.cast();
    await did(otherUser, "2026-05-30", { actionName: "joined" });
    await did(otherUser, "2026-05-31", { actionName: "created", projectId: 15 });
    const seen = async (client: typeof asUser) =>
      (await client.get(`/users/${otherUser.id}/events`)).body;
    expect(await seen(asUser)).toHaveLength(1);
    for (const client of [asAdmin, asOther]) expect(await seen(client)).toHaveLength(2);
    await here.change(otherUser, { privateProfile: true });
    expect(await seen(asUser)).toEqual([]);
  });

  it("179: the newest is first, in pages; a push has `data`", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const target = { targetId: 830, targetType: "Issue", targetTitle: "Public project search" };
    await did(ordinaryUser, "2026-05-30", { actionName: "closed", projectId: 15, ...target });
    await did(
      ordinaryUser,
      "2026-05-31",
      { actionName: "pushed", projectId: 15 },
      { push_data: PUSH },
    );
    const later = { year: 2100 };
    await did(
      ordinaryUser,
      `${later.year}-01-01`,
      { actionName: "commented", projectId: 15 },
      {
        note: { id: 1241, body: "What an awesome day!", author: null },
      },
    );
    const answer = await asAdmin.get(`/users/${ordinaryUser.id}/events`).expect(200);
    expect(answer.headers).toMatchObject({ "x-total": "3", "x-per-page": "20" });
    const [comment, push, issue] = answer.body;
    expect(issue).toEqual({
      title: null,
      project_id: 15,
      action_name: "closed",
      target_id: 830,
      target_type: "Issue",
      author_id: ordinaryUser.id,
      data: null,
      target_title: "Public project search",
      created_at: "2026-05-30T00:00:00.000Z",
      author: expect.objectContaining({ username: "una" }),
      author_username: "una",
    });
    expect(Object.keys(issue.author)).toEqual(BASIC);
    expect(push).not.toHaveProperty("push_data");
    expect(push).toMatchObject({ action_name: "pushed to", target_id: null });
    expect(push.data).toEqual({
      before: PUSH.commit_from,
      after: PUSH.commit_to,
      ref: "refs/heads/master",
      user_id: ordinaryUser.id,
      user_name: "Una Öst",
      repository: { name: "", url: "", description: "", homepage: "" },
      commits: [
        {
          id: PUSH.commit_to,
          message: PUSH.commit_title,
          timestamp: "2026-05-31T00:00:00.000Z",
          url: "",
          author: { name: "Una Öst", email: "" },
        },
      ],
      total_commits_count: 3,
    });
    expect(comment.note).toMatchObject({ id: 1241, upvote: false, downvote: false });
    expect(comment.note.author.username).toBe("una");
  });

  it("a branch that begins or ends has no commit on one side", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const none = "0".repeat(40);
    const begun = { ...PUSH, action: "created", commit_from: null, commit_count: 1 };
    const ended = { ...PUSH, action: "removed", commit_to: null, commit_count: 0, ref_type: "tag" };
    await did(ordinaryUser, "2100-01-01", { actionName: "pushed" }, { push_data: begun });
    await did(ordinaryUser, "2100-01-02", { actionName: "pushed" }, { push_data: ended });
    const [removal, creation] = (await asUser.get(`/users/${ordinaryUser.id}/events`).expect(200))
      .body;
    expect(creation).toMatchObject({ action_name: "pushed new", data: { before: none } });
    expect(removal).toMatchObject({
      action_name: "deleted",
      data: { after: none, ref: "refs/tags/master", commits: [], total_commits_count: 0 },
    });
  });
});
