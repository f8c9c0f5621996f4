import { expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const TEN_MINUTES = 600_000;
let now = Date.UTC(2026, 0, 2, 10);
const here = stage({ clock: () => now });

it("shows a lock in every answer for ten minutes, and in none afterwards", async () => {
  const { asAdmin, asUser, asOther, ordinaryUser, otherUser } = await here.cast();
  await asOther.post(`/users/${ordinaryUser.id}/follow`).expect(201);
  await here.change(ordinaryUser, { lockedAt: now });
  const shown = async () => {
    const [listed] = (await asOther.get("/users?username=una").expect(200)).body;
    const [followed] = (await asOther.get(`/users/${otherUser.id}/following`).expect(200)).body;
    const [seen] = (await asAdmin.get("/users?username=una").expect(200)).body;
    const one = (await asOther.get(`/users/${ordinaryUser.id}`).expect(200)).body;
    await asOther.post(`/users/${ordinaryUser.id}/unfollow`).expect(201);
    const again = (await asOther.post(`/users/${ordinaryUser.id}/follow`).expect(201)).body;
    return [listed, followed, seen, one, again].map(({ locked }) => locked);
  };
  for (const _twice of ["written", "read again"])
    expect(await shown()).toEqual(Array(5).fill(true));
  now += TEN_MINUTES;
  expect(await shown()).toEqual(Array(5).fill(false));
  expect((await asUser.get("/user").expect(200)).body.locked).toBe(false);
});
