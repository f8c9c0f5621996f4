import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { stage } from "./stage.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

describe.each(["projects", "starred_projects", "contributed_projects"])(
  "GET /users/{user_id}/%s",
  (list) => {
    it("answers 404 for an unknown name or id", async () => {
      for (const user of ["missing", 999_999]) {
        await here.anyone
          .get(`/users/${user}/${list}`)
          .expect(404, { message: "404 User Not Found" });
      }
    });

    it("judges what it is given", async () => {
      await cast.asUser.get(`/users/una/${list}?order_by=magic&sort=up&simple=maybe`).expect(400, {
        error:
          "order_by does not have a valid value, sort does not have a valid value, simple is invalid",
      });
      await (await here.as(cast.ordinaryUser, "read_user")).get(`/users/una/${list}`).expect(403);
    });

    it("is a page of nothing", async () => {
      for (const client of [here.anyone, cast.asOther]) {
        for (const user of ["una", "UNA", cast.ordinaryUser.id]) {
          const { body, headers } = await client.get(`/users/${user}/${list}`).expect(200);
          expect(body).toEqual([]);
          expect(headers).toMatchObject({
            ...{ "x-total": "0", "x-total-pages": "1", "x-page": "1", "x-per-page": "20" },
            ...{ "x-next-page": "", "x-prev-page": "" },
          });
          expect(headers.link).toContain(`user_id=${user}`);
        }
      }
    });
  },
);

describe("GET /users/{user_id}/project_deploy_keys", () => {
  const path = (user: number | string = "una") => `/users/${user}/project_deploy_keys`;

  async function maintain({ id: userId }: User, sourceId: number, accessLevel = 40) {
    const { engine } = here.store;
    const row = { userId, sourceType: "Project", sourceId, sourceName: "p", accessLevel } as const;
    await engine.transaction(engine.query.insert(engine.tables.memberships).values(row));
  }

  it("answers 404 for an unknown user before it asks who is calling", async () => {
    for (const client of [here.anyone, cast.asUser]) {
      for (const user of ["unknown", 999_999]) {
        await client.get(path(user)).expect(404, { message: "404 User Not Found" });
      }
    }
    await here.anyone.get(path()).expect(401, { message: "401 Unauthorized" });
  });

  it("wants a project in common", async () => {
    const none = { message: "403 Forbidden - No common authorized project found" };
    const { ordinaryUser, otherUser, asAdmin, asOther } = cast;
    for (const client of [asAdmin, asOther]) await client.get(path()).expect(403, none);
    await maintain(ordinaryUser, 7);
    await maintain(otherUser, 8);
    await maintain(otherUser, 7, 30);
    await asOther.get(path()).expect(403, none);
    await asAdmin.get(path()).expect(200, []);
    await maintain(ordinaryUser, 8);
    await asOther.get(path()).expect(200, []);
  });
});
