import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { hashPassword, isPassword } from "../../../src/domain/credentials/passwords.ts";
import { useRealPasswordCost } from "../../support/password-cost.ts";

beforeAll(() => useRealPasswordCost(true));
afterAll(() => useRealPasswordCost(false));

describe("hashPassword", () => {
  it.each(["", "1234567", "a".repeat(1025), "é".repeat(600)])("refuses %j", async (password) => {
    await expect(hashPassword(password)).rejects.toMatchObject({
      kind: "invalid",
      field: "passwordHash",
    });
  });

  it("salts", async () => {
    const [one, other] = await Promise.all([hashPassword("12345678"), hashPassword("12345678")]);
    expect(one).not.toBe(other);
    expect(await isPassword("12345678", one)).toBe(true);
    expect(await isPassword("12345679", one)).toBe(false);
  });

  it("takes one password for another that looks the same", async () => {
    const stored = await hashPassword("pa\u0301sswort");
    expect(await isPassword("p\u00e1sswort", stored)).toBe(true);
  });
});

describe("isPassword", () => {
  // From the tests of the argon2 reference implementation: argon2id, version 19, t=2, m=2^16, p=1.
  it("reads what other programs have stored", async () => {
    const stored =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    expect(await isPassword("password", stored)).toBe(true);
    expect(await isPassword("Password", stored)).toBe(false);
  });

  it.each(["", "password", "$2b$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=1,t=1,p=1$$"])(
    "takes nothing for %j",
    async (stored) => {
      expect(await isPassword("password", stored)).toBe(false);
    },
  );
});
