import { beforeEach, describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import type { User } from "../../src/domain/user.ts";
import type { State, Transition } from "../../src/domain/users/state-machine.ts";

import { getUserById } from "../../src/domain/users/users.ts";
import { eventually } from "../support/eventually.ts";
import { stage } from "./stage.ts";

const here = stage();

type Cast = Awaited<ReturnType<typeof here.cast>>;
let adminUser: User;
let otherUser: User;
let asAdmin: Cast["asAdmin"];
let asUser: Cast["asUser"];
beforeEach(async () => {
  ({ adminUser, otherUser, asAdmin, asUser } = await here.cast());
});

const message = (text: string) => ({ message: text });
const forbidden = (reason: string) => message(`403 Forbidden - ${reason}`);
const call = (name: Transition, id: number | string = otherUser.id) =>
  asAdmin.post(`/users/${id}/${name}`);
const put = (state: State) => here.change(otherUser, { state });
const stateOf = async ({ id }: User) => (await getUserById(here.store, id)).state;

const F2 = message("Error occurred. A blocked user cannot be deactivated");
const F4 = message("Error occurred. A blocked user must be unblocked to be activated");
const LDAP = "LDAP blocked users cannot be modified by the API";
const LDAP_UNBLOCK = "LDAP blocked users cannot be unblocked by the API";
const AWAY = "Deactivated users cannot be unblocked by the API";
const APPROVE = message("The user you are trying to approve is not pending approval");
const REJECT = message("User does not have a pending request");
const SUCCESS = message("Success");
const odd = (name: string, state: State) => message(`You cannot ${name} ${state} users.`);

type Row = [call: Transition, status: number, body: unknown, to?: State];
const settled: Row[] = [
  ["approve", 409, APPROVE],
  ["reject", 409, REJECT],
];
const banned = (state: State): Row[] => [
  ["ban", 403, odd("ban", state)],
  ["unban", 403, odd("unban", state)],
];
const shut: Row[] = [
  ["deactivate", 403, F2],
  ["activate", 403, F4],
];
const blocked: Row[] = [
  ["block", 201, null],
  ["unblock", 201, true, "active"],
];

/** Section 5 of the contract. */
const TABLE: Record<State, Row[]> = {
  active: [
    ["block", 201, true, "blocked"],
    ["unblock", 201, false],
    ["deactivate", 201, true, "deactivated"],
    ["activate", 201, true],
    ["ban", 201, true, "banned"],
    ["unban", 403, odd("unban", "active")],
    ...settled,
  ],
  blocked: [...blocked, ...shut, ...banned("blocked"), ...settled],
  ldap_blocked: [
    ["block", 403, forbidden(LDAP)],
    ["unblock", 403, forbidden(LDAP_UNBLOCK)],
    ...shut,
    ...banned("ldap_blocked"),
    ...settled,
  ],
  deactivated: [
    ["block", 201, true, "blocked"],
    ["unblock", 403, forbidden(AWAY)],
    ["deactivate", 201, null],
    ["activate", 201, true, "active"],
    ...banned("deactivated"),
    ...settled,
  ],
  blocked_pending_approval: [
    ...blocked,
    ...shut,
    ...banned("blocked_pending_approval"),
    ["approve", 201, SUCCESS, "active"],
  ],
  banned: [
    ...blocked,
    ...shut,
    ["ban", 403, odd("ban", "banned")],
    ["unban", 201, true, "active"],
    ...settled,
  ],
};

const CALLS: Transition[] = [
  "block",
  "unblock",
  "deactivate",
  "activate",
  "ban",
  "unban",
  "approve",
  "reject",
];

describe.each(CALLS)("POST /users/{id}/%s", (name) => {
  it("requires authentication", async () => {
    await here.anyone
      .post(`/users/${otherUser.id}/${name}`)
      .expect(401, message("401 Unauthorized"));
  });

  it("wants the scope api", async () => {
    const reader = await here.as(adminUser, "read_api", "read_user");
    const { body } = await reader.post(`/users/${otherUser.id}/${name}`).expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api" });
  });

  it("131: is for administrators", async () => {
    const expected = ["approve", "reject"].includes(name)
      ? `You are not allowed to ${name} a user`
      : "403 Forbidden";
    await put("blocked_pending_approval");
    await asUser.post(`/users/${otherUser.id}/${name}`).expect(403, message(expected));
    expect(await stateOf(otherUser)).toBe("blocked_pending_approval");
  });

  it("133: answers 404 for an unknown id", async () => {
    await call(name, 999_999).expect(404, message("404 User Not Found"));
    await call(name, 0).expect(404, message("404 User Not Found"));
    await call(name, "ASDF").expect(404, { error: "404 Not Found" });
    await call(name, -1).expect(404, { error: "404 Not Found" });
  });

  it("134: answers 405 to PUT", async () => {
    await asAdmin.put(`/users/${otherUser.id}/${name}`).expect(405, { error: "405 Not Allowed" });
    expect(await stateOf(otherUser)).toBe("active");
  });
});

describe.each(Object.entries(TABLE))("a user who is %s", (from, rows) => {
  // A missing fourth value would be taken for a callback to wait for.
  const whole = rows.map(([name, status, body, to = from as State]) => [name, status, body, to]);
  it.each(whole as Required<Row>[])("answers %s with %d", async (name, status, body, to) => {
    await put(from as State);
    const answer = await call(name).expect(status);
    expect(answer.body).toEqual(body);
    expect(answer.text).toBe(JSON.stringify(body));
    expect(await stateOf(otherUser)).toBe(to);
  });
});

describe("POST /users/{id}/reject", () => {
  it("132: removes who is pending, and answers 200", async () => {
    await put("blocked_pending_approval");
    await call("reject").expect(200, SUCCESS);
    await call("reject").expect(404, message("404 User Not Found"));
  });

  it("looks for the user before it looks at the caller", async () => {
    await asUser.post("/users/999999/reject").expect(404, message("404 User Not Found"));
    await asUser.post("/users/999999/approve").expect(404, message("404 User Not Found"));
    await asUser.post("/users/999999/block").expect(403, message("403 Forbidden"));
  });
});

describe("POST /users/{id}/block and /unblock", () => {
  it("124: answer true, then null to a second block and false to a second unblock", async () => {
    const said: unknown[] = [];
    for (const name of ["block", "block", "unblock", "unblock"] as const) {
      said.push((await call(name).expect(201).expect("Content-Type", "application/json")).body);
    }
    expect(said).toEqual([true, null, true, false]);
  });

  it("125: refuse the caller, LDAP-blocked users and internal users", async () => {
    await call("block", adminUser.id).expect(
      403,
      forbidden("The API initiating user cannot be blocked by the API"),
    );
    await put("ldap_blocked");
    await call("block").expect(403, forbidden(LDAP));
    await here.change(otherUser, { state: "active", type: "internal" });
    await call("block").expect(403, message("An internal user cannot be blocked"));
  });

  it("126: do not unblock deactivated users", async () => {
    await put("deactivated");
    await call("unblock").expect(403, forbidden(AWAY));
  });

  it("130: unban and approve, too", async () => {
    for (const state of ["banned", "blocked_pending_approval"] as const) {
      await put(state);
      expect((await call("unblock").expect(201)).body).toBe(true);
      expect(await stateOf(otherUser)).toBe("active");
    }
  });

  it("note who did it and when", async () => {
    const { engine } = here.store;
    const { customAttributes } = engine.tables;
    await call("block");
    await call("unblock");
    await call("block");
    const rows = await engine.query.select().from(customAttributes).orderBy(customAttributes.key);
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`;
    const value = expect.stringMatching(RegExp(`^root/${adminUser.id}\\+${time}$`));
    expect(rows).toEqual([
      { userId: otherUser.id, key: "blocked_by", value },
      { userId: otherUser.id, key: "unblocked_by", value },
    ]);
  });

  it("are GitHub's suspension, and shut its door", async () => {
    const token = await here.token(otherUser, "user");
    await call("block");
    const admin = await here.as(adminUser, "site_admin");
    expect((await getUserById(here.store, otherUser.id)).suspendedAt).not.toBeNull();
    await here
      .client(token)
      .get("/user/status")
      .expect(403, forbidden("Your account has been blocked."));
    await admin.post(`/users/${otherUser.id}/unblock`).expect(201);
    expect((await getUserById(here.store, otherUser.id)).suspendedAt).toBeNull();
    await here.client(token).get("/user/status").expect(200);
  });

  it("take follows out of sight and back", async () => {
    await follows.follow(here.store, otherUser.id, adminUser.id);
    const followers = async () =>
      (await asAdmin.get(`/users/${adminUser.id}/followers`).expect(200)).body;
    expect(await followers()).toHaveLength(1);
    for (const [away, back] of [
      ["block", "unblock"],
      ["ban", "unban"],
      ["deactivate", "activate"],
    ] as const) {
      await call(away).expect(201);
      expect(await followers()).toEqual([]);
      expect((await getUserById(here.store, adminUser.id)).followers).toBe(0);
      await call(back).expect(201);
      expect(await followers()).toHaveLength(1);
      expect((await getUserById(here.store, adminUser.id)).followers).toBe(1);
    }
  });
});

describe("POST /users/{id}/deactivate and /activate", () => {
  const RECENT =
    "The user you are trying to deactivate has been active in the past 90 days and cannot be " +
    "deactivated";

  it("127: deactivate only users without activity or sign-in for 90 days", async () => {
    await (await here.as(otherUser)).get("/user/status").expect(200);
    // Being there is noted when the answer is on its way.
    await eventually(async () => (await getUserById(here.store, otherUser.id)).lastActivityOn);
    await call("deactivate").expect(403, message(RECENT));
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    await here.change(otherUser, { lastActivityOn: day(89) });
    await call("deactivate").expect(403, message(RECENT));
    await here.change(otherUser, { lastActivityOn: day(91) });
    await here.change(otherUser, { currentSignInAt: Date.now() });
    await call("deactivate").expect(403, message(RECENT));
    await here.change(otherUser, { currentSignInAt: null });
    expect((await call("deactivate").expect(201)).body).toBe(true);
    expect((await call("deactivate").expect(201)).body).toBeNull();
  });

  it("refuse internal users", async () => {
    await here.change(otherUser, { type: "internal" });
    await call("deactivate").expect(403, message("Internal users cannot be deactivated"));
  });

  it("128: activate no blocked user, and an active one without a change", async () => {
    expect((await call("activate").expect(201)).body).toBe(true);
    await put("blocked");
    await call("activate").expect(403, F4);
  });
});

describe("POST /users/{id}/ban and /unban", () => {
  it("129: ban who is active, and unban who is banned", async () => {
    expect((await call("ban").expect(201)).body).toBe(true);
    expect(await stateOf(otherUser)).toBe("banned");
    expect((await getUserById(here.store, otherUser.id)).suspendedAt).toBeNull();
    expect((await call("unban").expect(201)).body).toBe(true);
    await call("unban").expect(403, odd("unban", "active"));
    await put("blocked");
    await call("ban").expect(403, odd("ban", "blocked"));
  });
});

describe("all changes of state", () => {
  it("let one of two concurrent requests make the change", async () => {
    const answers = await Promise.all([call("block"), call("block")]);
    expect(new Set(answers.map(({ body }) => body as unknown))).toEqual(new Set([true, null]));
  });

  it("run with the rights of the sudo user", async () => {
    await asAdmin
      .post(`/users/${otherUser.id}/block`)
      .set("Sudo", "una")
      .expect(403, message("403 Forbidden"));
  });
});
