import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  authenticateSession,
  endSession,
  endSessions,
  listSessions,
  openSession,
} from "../../../src/domain/credentials/sessions.ts";
import {
  signStatement,
  verifyStatement,
} from "../../../src/domain/credentials/signed-statements.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import {
  beginTwoFactor,
  confirmTwoFactor,
  countRecoveryCodes,
  disable,
  useRecoveryCode,
  useTotp,
} from "../../../src/domain/credentials/two-factor.ts";
import type { User } from "../../../src/domain/user.ts";
import * as states from "../../../src/domain/users/account-states.ts";
import { getUserById } from "../../../src/domain/users/users.ts";
import { type World, world } from "../../support/server.ts";

const SOURCE = { ip: "192.0.2.1", userAgent: "Firefox" };
const DAY = 24 * 60 * 60 * 1000;

let here: World;
let now = Date.UTC(2026, 0, 1);
let mona: User;
let made = 0;

beforeAll(async () => {
  here = await world({ clock: () => now });
});
beforeEach(async () => {
  made += 1;
  mona = await here.user(`mona${made}`);
});
afterAll(() => here.close());

describe("a session", () => {
  it("is found by its text alone, and counts as a sign-in", async () => {
    const { text, session } = await openSession(here.store, mona, SOURCE);
    const found = await authenticateSession(here.store, text);
    expect(found?.user.username).toBe(mona.username);
    expect(found?.session).toEqual({ ...session, ip: "192.0.2.1", userAgent: "Firefox" });
    const after = await getUserById(here.store, mona.id);
    expect(after.signInCount).toBe(mona.signInCount + 1);
    expect(after.currentSignInIp).toBe("192.0.2.1");
    for (const wrong of ["", "x", `${text}x`, text.slice(0, -1), "a.b.c"]) {
      expect(await authenticateSession(here.store, wrong)).toBeUndefined();
    }
  });

  it("is no token, and a token or another statement is no session", async () => {
    const { text, session } = await openSession(here.store, mona, SOURCE);
    expect(verifyStatement(here.store, "second-factor", text)).toBeUndefined();
    const [token] = await issue(here.store, { userId: mona.id, name: "t", scopes: ["api"] });
    expect(await authenticateSession(here.store, token)).toBeUndefined();
    const claims = { sub: String(mona.id), jti: session.jti };
    const other = signStatement(here.store, "expired-password", claims);
    expect(await authenticateSession(here.store, other)).toBeUndefined();
    const answer = await fetch(`${here.url}/api/v3/user`, {
      headers: { authorization: `Bearer ${text}` },
    });
    expect(answer.status).toBe(401);
  });

  it("ends one by one, and all but one", async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(() => openSession(here.store, mona, SOURCE)),
    );
    await endSession(here.store, mona.id + 1000, one?.session.id ?? 0);
    expect(await listSessions(here.store, mona.id)).toHaveLength(3);
    await endSession(here.store, mona.id, one?.session.id ?? 0);
    expect(await authenticateSession(here.store, one?.text ?? "")).toBeUndefined();
    await endSessions(here.store, mona.id, two?.session.id);
    expect(await authenticateSession(here.store, three?.text ?? "")).toBeUndefined();
    expect(await authenticateSession(here.store, two?.text ?? "")).toBeDefined();
    await endSessions(here.store, mona.id);
    expect(await listSessions(here.store, mona.id)).toEqual([]);
  });

  it("ends with a block, and does not come back when it is lifted", async () => {
    const { text } = await openSession(here.store, mona, SOURCE);
    await states.suspend(here.store, mona.id);
    expect(await authenticateSession(here.store, text)).toBeUndefined();
    await states.unsuspend(here.store, mona.id);
    expect(await authenticateSession(here.store, text)).toBeUndefined();
  });

  it("ends a fortnight after its last use", async () => {
    const { text } = await openSession(here.store, mona, SOURCE);
    now += 13 * DAY;
    expect(await authenticateSession(here.store, text)).toBeDefined();
    now += 13 * DAY;
    expect(await authenticateSession(here.store, text)).toBeDefined();
    now += 15 * DAY;
    expect(await authenticateSession(here.store, text)).toBeUndefined();
  });
});

describe("a statement", () => {
  it("counts until its end", () => {
    const text = signStatement(here.store, "second-factor", { sub: "7", to: "/settings" }, 300);
    expect(verifyStatement(here.store, "second-factor", text)).toEqual({
      sub: "7",
      to: "/settings",
    });
    now += 301_000;
    expect(verifyStatement(here.store, "second-factor", text)).toBeUndefined();
  });
});

describe("two-factor authentication", () => {
  const codeOf = async (secret: string) => {
    const { TOTP, Secret } = await import("otpauth");
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
  };

  it("is on once a code of the new secret was given, and each code opens once", async () => {
    const { secret } = await beginTwoFactor(here.store, mona);
    expect((await getUserById(here.store, mona.id)).otpEnabledAt).toBeNull();
    const pending = await getUserById(here.store, mona.id);
    expect(await confirmTwoFactor(here.store, pending, "000000")).toBeUndefined();
    const codes = await confirmTwoFactor(here.store, pending, await codeOf(secret));
    expect(codes).toHaveLength(10);
    const on = await getUserById(here.store, mona.id);
    expect(on.otpEnabledAt).not.toBeNull();
    expect(await useTotp(here.store, on, await codeOf(secret))).toBe(false);
    now += 30_000;
    expect(await useTotp(here.store, on, await codeOf(secret))).toBe(true);
    const [first = ""] = codes ?? [];
    expect(await useRecoveryCode(here.store, mona.id, first)).toBe(true);
    expect(await useRecoveryCode(here.store, mona.id, first)).toBe(false);
    expect(await countRecoveryCodes(here.store, mona.id)).toBe(9);
    await disable(here.store, mona.id);
    expect(await countRecoveryCodes(here.store, mona.id)).toBe(0);
  });
});
