import { describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import { BASIC, stage } from "./stage.ts";

const NOT_FOUND = { message: "404 User Not Found" };
const PROFILE = [
  ...["created_at", "bio", "location", "public_email", "skype", "linkedin", "twitter", "discord"],
  ...["website_url", "organization", "job_title", "pronouns", "bot", "work_information"],
  ...["followers", "following", "is_followed", "local_time"],
];
const OWN = [
  ...["last_sign_in_at", "confirmed_at", "last_activity_on", "email", "theme_id"],
  ...["color_scheme_id", "projects_limit", "current_sign_in_at", "identities"],
  ...["can_create_group", "can_create_project", "two_factor_enabled", "external"],
  ...["private_profile", "commit_email"],
];
const ADMINS = ["is_admin", "note", "namespace_id", "created_by", "email_reset_offered_at"];
const ADDRESSES = ["current_sign_in_ip", "last_sign_in_ip"];

const without = (keys: string[], ...gone: string[]) => keys.filter((key) => !gone.includes(key));

describe("GET /users/{id}", () => {
  const here = stage();

  it("79: strangers are forbidden, not asked for a credential", async () => {
    const { ordinaryUser } = await here.cast();
    const body = { message: "403 Forbidden - Not authorized!" };
    await here.anyone.get(`/users/${ordinaryUser.id}`).expect(403, body);
    await here.anyone.get("/users/999999").expect(403, body);
  });

  it("refuses a token without a scope that reads users", async () => {
    const { ordinaryUser } = await here.cast();
    const client = await here.as(ordinaryUser, "read_registry");
    const { body } = await client.get(`/users/${ordinaryUser.id}`).expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("80: an unknown number is a user not found, anything else no route", async () => {
    const { asUser } = await here.cast();
    await asUser.get("/users/999999").expect(404, NOT_FOUND);
    await asUser.get("/users/0").expect(404, NOT_FOUND);
    await asUser.get("/users/99999999999999999999").expect(404, NOT_FOUND);
    for (const id of ["1ASDF", "ASDF", "-1", "1.5"]) {
      await asUser.get(`/users/${id}`).expect(404, { error: "404 Not Found" });
    }
  });

  it("81: shows a profile in the vendor's order, and of a private one four keys less", async () => {
    const { asUser, ordinaryUser, otherUser, privateUser } = await here.cast();
    await follows.follow(here.store, ordinaryUser.id, otherUser.id);
    const open = await asUser.get(`/users/${otherUser.id}`).expect(200);
    expect(Object.keys(open.body)).toEqual([...BASIC, ...PROFILE]);
    expect(open.body).toMatchObject({
      ...{
        id: otherUser.id,
        username: "vera",
        name: "vera",
        state: "active",
        locked: false,
        bio: "",
      },
      ...{ followers: 1, following: 0, is_followed: true, bot: false, work_information: null },
      ...{ web_url: `${here.origin}/vera`, pronouns: null, local_time: null, location: "" },
    });
    const hidden = await asUser.get(`/users/${privateUser.id}`).expect(200);
    const keys = without(PROFILE, "created_at", "followers", "following", "is_followed");
    expect(Object.keys(hidden.body)).toEqual([...BASIC, ...keys]);
  });

  it("82: shows a blocked user without the day of joining", async () => {
    const { asUser, otherUser } = await here.cast();
    await here.change(otherUser, { state: "blocked" });
    const { body } = await asUser.get(`/users/${otherUser.id}`).expect(200);
    expect(body.state).toBe("blocked");
    expect(body).not.toHaveProperty("created_at");
    expect(body).not.toHaveProperty("followers");
  });

  it("leaves the numbers of follows out of one's own mirror", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const { body } = await asUser.get(`/users/${ordinaryUser.id}`).expect(200);
    expect(body).toHaveProperty("created_at");
    for (const key of ["followers", "following", "is_followed"]) {
      expect(body).not.toHaveProperty(key);
    }
  });

  it("83: shows administrators everything", async () => {
    const { asAdmin, adminUser, privateUser } = await here.cast();
    const made = await here.user("maria", { createdById: adminUser.id });
    const { body } = await asAdmin.get(`/users/${made.id}`).expect(200);
    const details = ["highest_role", ...ADDRESSES, "sign_in_count"];
    expect(Object.keys(body)).toEqual([...BASIC, ...PROFILE, ...OWN, ...ADMINS, ...details]);
    expect(body).toMatchObject({
      ...{ email: "maria@example.test", is_admin: false, highest_role: 0, sign_in_count: 0 },
      ...{ current_sign_in_ip: null, last_sign_in_ip: null, note: null, identities: [] },
      created_by: { id: adminUser.id, username: "root" },
    });
    expect(Object.keys(body.created_by)).toEqual(BASIC);
    const hidden = await asAdmin.get(`/users/${privateUser.id}`).expect(200);
    expect(hidden.body).toMatchObject({ private_profile: true, followers: 0, is_followed: false });
  });

  it("shows identities, two-factor authentication and the highest role", async () => {
    const { asAdmin, otherUser } = await here.cast();
    const { engine } = here.store;
    const { identities, memberships } = engine.tables;
    const membership = { userId: otherUser.id, sourceType: "Project", sourceName: "p" } as const;
    await engine.transaction(
      engine.query
        .insert(identities)
        .values({ userId: otherUser.id, provider: "github", externUid: "42", updatedAt: 1 }),
      engine.query.insert(memberships).values([
        { ...membership, sourceId: 1, accessLevel: 30 },
        { ...membership, sourceId: 2, accessLevel: 50 },
      ]),
    );
    await here.change(otherUser, { otpEnabledAt: 1, projectsLimit: 0, commitEmail: "_private" });
    const { body } = await asAdmin.get(`/users/${otherUser.id}`).expect(200);
    expect(body).toMatchObject({
      ...{ identities: [{ provider: "github", extern_uid: "42" }], two_factor_enabled: true },
      ...{ highest_role: 50, can_create_project: false },
      commit_email: `${otherUser.id}-vera@users.noreply.127.0.0.1`,
    });
  });

  it("shows where a user works, and what their clocks say", async () => {
    const { asUser, otherUser } = await here.cast();
    const texts: [string, string, string | null][] = [
      ["Engineer", "Acme", "Engineer at Acme"],
      ["Engineer", "", "Engineer"],
      ["", "Acme", "Acme"],
      ["", "", null],
    ];
    for (const [jobTitle, organization, text] of texts) {
      await here.change(otherUser, { jobTitle, organization, timezone: "Asia/Tokyo" });
      const { body } = await asUser.get(`/users/${otherUser.id}`).expect(200);
      expect(body.work_information).toBe(text);
      expect(body.local_time).toMatch(/^\d{1,2}:\d\d [AP]M$/);
    }
    await here.change(otherUser, { timezone: "No/Where" });
    const { body } = await asUser.get(`/users/${otherUser.id}`).expect(200);
    expect(body.local_time).toBeNull();
  });

  it("65: shows custom attributes to administrators who ask", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const row = { userId: otherUser.id, key: "level", value: "7" };
    await engine.transaction(engine.query.insert(engine.tables.customAttributes).values(row));
    const path = `/users/${otherUser.id}?with_custom_attributes=true`;
    const asked = await asAdmin.get(path).expect(200);
    expect(asked.body.custom_attributes).toEqual([{ key: "level", value: "7" }]);
    expect(Object.keys(asked.body).slice(5, 8)).toEqual([
      "avatar_url",
      "custom_attributes",
      "web_url",
    ]);
    const ignored = await asUser.get(path).expect(200);
    expect(ignored.body).not.toHaveProperty("custom_attributes");
    const unasked = await asAdmin.get(`/users/${otherUser.id}`).expect(200);
    expect(unasked.body).not.toHaveProperty("custom_attributes");
  });

  it("84: is_followed turns with a follow", async () => {
    const { asUser, otherUser } = await here.cast();
    const before = await asUser.get(`/users/${otherUser.id}`).expect(200);
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    const after = await asUser.get(`/users/${otherUser.id}`).expect(200);
    expect([before.body.is_followed, after.body.is_followed]).toEqual([false, true]);
    expect([before.body.followers, after.body.followers]).toEqual([0, 1]);
  });

  it("85: followers who are blocked do not count", async () => {
    const { asUser, asOther, privateUser, otherUser } = await here.cast();
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    await follows.follow(here.store, privateUser.id, otherUser.id);
    await here.change(privateUser, { state: "blocked" });
    const { body } = await asUser.get(`/users/${otherUser.id}`).expect(200);
    expect(body.followers).toBe(1);
    const { body: own } = await asOther.get("/user").expect(200);
    expect(own.followers).toBe(1);
  });

  it("80: what follows an unknown id is not looked at first", async () => {
    const { asUser } = await here.cast();
    const body = { error: "with_custom_attributes is invalid" };
    await asUser.get("/users/999999?with_custom_attributes=maybe").expect(400, body);
  });
});

describe("GET /users/{id}, often", () => {
  let now = Date.UTC(2026, 0, 2);
  const here = stage({ clock: () => now });

  it("86: is refused the 301st time in ten minutes, but to administrators", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    for (let time = 0; time < 300; time += 1)
      await asUser.get(`/users/${otherUser.id}`).expect(200);
    const text = "This endpoint has been requested too many times. Try again later.";
    const { headers } = await asUser.get("/users/999999").expect(429, { message: { error: text } });
    expect(headers["retry-after"]).toBe("600");
    await asUser.get("/user").expect(200);
    for (let time = 0; time < 301; time += 1)
      await asAdmin.get(`/users/${otherUser.id}`).expect(200);
    now += 10 * 60 * 1000;
    await asUser.get(`/users/${otherUser.id}`).expect(200);
  });
});

describe("GET /user", () => {
  const here = stage();

  it("shows people themselves, in the vendor's order", async () => {
    const { asUser, ordinaryUser, otherUser } = await here.cast();
    await follows.follow(here.store, ordinaryUser.id, otherUser.id);
    const { body } = await asUser.get("/user").expect(200);
    expect(Object.keys(body)).toEqual([...BASIC, ...without(PROFILE, "is_followed"), ...OWN]);
    expect(body).toMatchObject({
      ...{ id: ordinaryUser.id, email: "una@example.test", commit_email: "una@example.test" },
      ...{ followers: 0, following: 1, can_create_group: true, can_create_project: true },
      ...{ external: false, private_profile: false, two_factor_enabled: false },
    });
  });

  it("shows administrators what administrators see", async () => {
    const { asAdmin } = await here.cast();
    const { body } = await asAdmin.get("/user").expect(200);
    const keys = [...BASIC, ...without(PROFILE, "is_followed"), ...OWN, ...ADMINS, ...ADDRESSES];
    expect(Object.keys(body)).toEqual(keys);
    expect(body.is_admin).toBe(true);
  });
});
