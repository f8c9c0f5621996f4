import { expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const TEN_MINUTES = 600_000;
let now = Date.UTC(2026, 0, 2, 10);
const here = stage({ clock: () => now });

it("shows a lock in every answer for ten minutes, and in none afterwards", async () => {
  const { R, U, V, u, v } = await here.cast();
  await V.post(`/users/${u.id}/follow`).expect(201);
  await here.change(u, { lockedAt: now });
  const shown = async () => {
    const [listed] = (await V.get("/users?username=una").expect(200)).body;
    const [followed] = (await V.get(`/users/${v.id}/following`).expect(200)).body;
    const [seen] = (await R.get("/users?username=una").expect(200)).body;
    const one = (await V.get(`/users/${u.id}`).expect(200)).body;
    await V.post(`/users/${u.id}/unfollow`).expect(201);
    const again = (await V.post(`/users/${u.id}/follow`).expect(201)).body;
    return [listed, followed, seen, one, again].map(({ locked }) => locked);
  };
  for (const _twice of ["written", "read again"])
    expect(await shown()).toEqual(Array(5).fill(true));
  now += TEN_MINUTES;
  expect(await shown()).toEqual(Array(5).fill(false));
  expect((await U.get("/user").expect(200)).body.locked).toBe(false);
});
