import { describe, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import { enable } from "../../src/domain/credentials/two-factor.ts";
import { suspend } from "../../src/domain/users/account-states.ts";
import { FULL, stage, UNAUTHORIZED } from "./stage.ts";

const PASSWORD = "kerosene-42";

describe("POST /session", () => {
  let now = Date.parse("2026-05-31T08:00:00Z");
  const here = stage({ clock: () => now });
  const signIn = (body: object) => here.anyone.post("/session").send(body);

  async function una() {
    now += 60_001;
    const user = await here.user("una");
    await setPassword(here.store, user.id, PASSWORD);
    return user;
  }

  it("gives the same answer for an unknown user, a wrong password, no password set, and none sent", async () => {
    await una();
    await here.user("vera");
    for (const body of [
      { login: "missing", password: PASSWORD },
      { login: "una", password: "kerosene-43" },
      { login: "vera", password: PASSWORD },
      { login: "una" },
      { login: "una", password: "" },
      { password: PASSWORD },
      {},
    ]) {
      await signIn(body).expect(401, UNAUTHORIZED);
    }
  });

  it("gives the same answer for a blocked, internal or locked user", async () => {
    const user = await una();
    await here.change(user, { lockedAt: now });
    await signIn({ login: "una", password: PASSWORD }).expect(401, UNAUTHORIZED);
    await here.change(user, { lockedAt: null, type: "internal" });
    await signIn({ login: "una", password: PASSWORD }).expect(401, UNAUTHORIZED);
    await here.change(user, { type: "human" });
    await suspend(here.store, user.id);
    await signIn({ login: "una", password: PASSWORD }).expect(401, UNAUTHORIZED);
  });

  it("answers that two-factor authentication is on, to the right password alone", async () => {
    await enable(here.store, await una());
    await signIn({ login: "una", password: "kerosene-43" }).expect(401, UNAUTHORIZED);
    const message =
      "401 Unauthorized. You have 2FA enabled. Please use a personal access token to access the API";
    await signIn({ login: "una", password: PASSWORD }).expect(401, { message });
  });

  it("gives the private token, the same each time until it is revoked", async () => {
    const user = await una();
    const found: string[] = [];
    for (const body of [
      { login: "una", password: PASSWORD },
      { login: "UNA", password: PASSWORD },
      { email: "Una@example.test", password: PASSWORD },
      { login: "una@example.test", password: PASSWORD },
      { login: "missing", email: "una@example.test", password: PASSWORD },
    ]) {
      const { body: session } = await signIn(body).expect(201);
      expect(Object.keys(session)).toEqual([...FULL, "private_token"]);
      found.push(session.private_token);
    }
    expect(new Set(found).size).toBe(1);
    const [token = ""] = found;
    await here.client(token).get("/user").expect(200);
    const { engine } = here.store;
    const [row] = await engine.query.select().from(engine.tables.tokens);
    const { revoke } = await import("../../src/domain/credentials/tokens.ts");
    await revoke(here.store, row?.id ?? 0);
    await here.client(token).get("/user").expect(401, UNAUTHORIZED);
    const { body } = await signIn({ login: "una", password: PASSWORD }).expect(201);
    expect(body.private_token).not.toBe(token);
    expect(user.id).toBe(body.id);
  });

  it("makes one token for who signs in twice at once", async () => {
    await una();
    const answers = await Promise.all(
      [1, 2, 3].map(() => signIn({ login: "una", password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.private_token)).size).toBe(1);
  });

  it("looks at no credential that comes with it, and takes forms", async () => {
    await una();
    const post = here.anyone.post("/session").set("PRIVATE-TOKEN", "nonsense").type("form");
    await post.send({ login: "una", password: PASSWORD }).expect(201);
  });

  it("lets an account be tried ten times in a minute, known or unknown", async () => {
    await una();
    for (const login of ["una", "missing"]) {
      now += 60_001;
      for (let time = 0; time < 10; time += 1) {
        await signIn({ login: time % 2 === 0 ? login : login.toUpperCase(), password: "x" }).expect(
          401,
        );
      }
      const { body, headers } = await signIn({ login, password: PASSWORD }).expect(429);
      expect(body.message.error).toMatch(/too many times/);
      expect(headers["retry-after"]).toBe("60");
    }
    // Ten wrong ones lock the account as well.
    now += 10 * 60_000;
    now += 60_001;
    await signIn({ login: "una", password: PASSWORD }).expect(201);
  });

  it("lets an address try ten times in a minute, whomever it tries", async () => {
    now += 60_001;
    for (let time = 0; time < 10; time += 1) await signIn({ login: `n${time}` }).expect(401);
    await signIn({ login: "another" }).expect(429);
  });
});

describe("POST /session without a limit", () => {
  const here = stage({ config: { signInLimit: 0 } });

  it("may be tried any number of times", async () => {
    for (let time = 0; time < 12; time += 1) {
      await here.anyone.post("/session").send({ login: "missing" }).expect(401, UNAUTHORIZED);
    }
  });
});
