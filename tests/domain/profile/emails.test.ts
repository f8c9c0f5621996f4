import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fastFormats } from "ajv-formats/dist/formats.js";
import fc from "fast-check";
import { signingKey } from "../../../src/domain/credentials/token-signing.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import * as emails from "../../../src/domain/profile/emails.ts";
import type { Store } from "../../../src/domain/store.ts";
import * as accounts from "../../../src/domain/users/accounts.ts";
import * as users from "../../../src/domain/users/users.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { cpuMillisecondsOf } from "../../support/cpu-time.ts";
import { migratedImage } from "../../support/engine.ts";

const confirmed = { confirmed: true };

describe("isEmailAddress", () => {
  it.each([
    "mona@example.test",
    "m@localhost",
    "first.last+tag@sub.example.co.uk",
    "o'neill_{x}|y@example.test",
    `${"a".repeat(64)}@${"b".repeat(63)}.test`,
  ])("takes %s", (text) => expect(emails.isEmailAddress(text)).toBe(true));

  it.each([
    "",
    "mona",
    "@example.test",
    "mona@",
    "mona@@example.test",
    "mona@example@test",
    "mo na@example.test",
    "mona@exam ple.test",
    "mona@example.test\n",
    "mona\0@example.test",
    "mona@example.test>",
    "Mona <mona@example.test>",
    ".mona@example.test",
    "mona.@example.test",
    "mo..na@example.test",
    "mona@.test",
    "mona@example..test",
    "mona@-example.test",
    "mona@example-.test",
    "mona@exa_mple.test",
    "mona@example.test.",
    "mona@[127.0.0.1]",
    '"mona"@example.test',
    "möna@example.test",
    `${"a".repeat(65)}@example.test`,
    `mona@${"b".repeat(64)}.test`,
    `mona@${"b.".repeat(125)}test`,
  ])("refuses %j", (text) => expect(emails.isEmailAddress(text)).toBe(false));

  it("takes nothing that a document's `format: email` would refuse", () => {
    const { email: format } = fastFormats as unknown as { email: RegExp };
    const unit = fc.constantFrom(..."aZ09.-_+'@ \n".split(""));
    const piece = fc.string({ unit, maxLength: 12 });
    fc.assert(
      fc.property(piece, piece, (local, domain) => {
        const text = `${local}@${domain}`;
        if (emails.isEmailAddress(text)) expect(text).toMatch(format);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(["a", "a.", "a@", "a-.", "@"])("needs no time for a long row of %j", (unit) => {
    const text = unit.repeat(100_000);
    expect(emails.isEmailAddress(text)).toBe(false);
    expect(cpuMillisecondsOf(() => emails.isEmailAddress(text))).toBeLessThan(10);
  });
});

describe("e-mail addresses", () => {
  let store: Store;
  let mona: number;
  let hubot: number;
  let now = 1_000;

  const textsOf = async (id: number) =>
    (await emails.listByUser(store, id)).map(({ email }) => email);
  const publicEmailOf = async (id: number) => (await users.getUserById(store, id)).publicEmail;

  beforeEach(async () => {
    store = openStore(
      openSqlite({ file: ":memory:", image: migratedImage() }),
      signingKey(Buffer.alloc(32, "k")),
      {
        clock: () => now,
      },
    );
    const account = (username: string) => ({ username, email: `${username}@example.test` });
    mona = (await accounts.createAccount(store, account("mona"))).id;
    hubot = (await accounts.createAccount(store, account("hubot"))).id;
  });
  afterEach(() => store.engine.close());

  it.each([
    ["one that can't be", ["new@example.test", "no address"], "invalid"],
    ["none at all", [], "invalid"],
    ["another user's", ["new@example.test", "HUBOT@example.test"], "conflict"],
    ["one of the same user", ["new@example.test", "mona@example.test"], "conflict"],
  ])("adds nothing when there is %s among them", async (_what, addresses, kind) => {
    const adding = emails.add(store, mona, addresses, confirmed);
    await expect(adding).rejects.toMatchObject({ kind, field: "email" });
    expect(await textsOf(mona)).toEqual(["mona@example.test"]);
  });

  it("adds nothing to a user who is not there", async () => {
    const adding = emails.add(store, 999, ["new@example.test"], confirmed);
    await expect(adding).rejects.toMatchObject({ kind: "not-found" });
  });

  it("adds several, confirmed or not, and each one once", async () => {
    now = 7_000;
    const wanted = ["b@example.test", "a@example.test", "B@example.test"];
    const added = await emails.add(store, mona, wanted, { confirmed: false });
    expect(added.map(({ email }) => email)).toEqual(["B@example.test", "a@example.test"]);
    expect(added[0]).toMatchObject({
      userId: mona,
      primary: false,
      visibility: null,
      confirmedAt: null,
      createdAt: 7_000,
    });
    const [more] = await emails.add(store, mona, ["c@example.test"], confirmed);
    expect(more?.confirmedAt).toBe(7_000);
    expect(await textsOf(mona)).toEqual([
      "mona@example.test",
      "B@example.test",
      "a@example.test",
      "c@example.test",
    ]);
  });

  it.each([
    ["an unknown one", ["a@example.test", "missing@example.test"], "not-found"],
    ["another user's", ["a@example.test", "hubot@example.test"], "not-found"],
    ["the primary", ["a@example.test", "Mona@example.test"], "invalid"],
    ["none at all", [], "not-found"],
  ])("removes nothing when there is %s among them", async (_what, addresses, kind) => {
    await emails.add(store, mona, ["a@example.test"], confirmed);
    await expect(emails.remove(store, mona, addresses)).rejects.toMatchObject({ kind });
    expect(await textsOf(mona)).toEqual(["mona@example.test", "a@example.test"]);
    expect(await textsOf(hubot)).toEqual(["hubot@example.test"]);
  });

  it("removes in any case, and frees the address", async () => {
    await emails.add(store, mona, ["a@example.test", "b@example.test"], confirmed);
    await emails.remove(store, mona, ["A@example.test", "a@EXAMPLE.test"]);
    expect(await textsOf(mona)).toEqual(["mona@example.test", "b@example.test"]);
    await emails.add(store, hubot, ["a@example.test"], confirmed);
  });

  it("takes a removed address off the profile, and leaves others there", async () => {
    const { users: table } = store.engine.tables;
    await emails.add(store, mona, ["a@example.test", "b@example.test"], confirmed);
    await store.engine.transaction(
      store.engine.query
        .update(table)
        .set({ publicEmail: "A@example.test", commitEmail: "b@example.test" }),
    );
    const before = store.profileVersions.of(mona);
    await emails.remove(store, mona, ["a@example.test"]);
    expect(store.profileVersions.of(mona)).toBeGreaterThan(before);
    expect(await users.getUserById(store, mona)).toMatchObject({
      publicEmail: "",
      commitEmail: "b@example.test",
    });
    expect(await publicEmailOf(hubot)).toBe("A@example.test");
    await emails.remove(store, mona, ["b@example.test"]);
    expect((await users.getUserById(store, mona)).commitEmail).toBeNull();
  });

  it("shows the primary address and hides it again", async () => {
    await emails.add(store, mona, ["a@example.test"], confirmed);
    const before = store.profileVersions.of(mona);
    expect(await emails.setVisibility(store, mona, "public")).toMatchObject({
      email: "mona@example.test",
      visibility: "public",
    });
    expect(store.profileVersions.of(mona)).toBeGreaterThan(before);
    expect(await publicEmailOf(mona)).toBe("mona@example.test");
    expect(await publicEmailOf(hubot)).toBe("");
    expect((await emails.listByUser(store, mona)).map(({ visibility }) => visibility)).toEqual([
      "public",
      null,
    ]);
    expect((await emails.setVisibility(store, mona, "private")).visibility).toBe("private");
    expect(await publicEmailOf(mona)).toBe("");
  });

  it("has nothing to show of a user without an address", async () => {
    const { id } = await accounts.createAccount(store, { username: "none" });
    const setting = emails.setVisibility(store, id, "public");
    await expect(setting).rejects.toMatchObject({ kind: "not-found" });
    expect(await publicEmailOf(id)).toBe("");
  });
});
