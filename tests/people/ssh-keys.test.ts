import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import * as accounts from "../../src/people/accounts.ts";
import { openPeople, type People } from "../../src/people/people.ts";
import * as sshKeys from "../../src/people/ssh-keys.ts";
import { signingKey } from "../../src/people/tokens.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";

const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN2hwLOQW";
const P256 =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMdsekqW9YGB+/eFSHfv" +
  "wHUGFdLfXHhEMp4QHpK34F1s0mfotksWqc+IxQaEhZrGrYaT/+W7ReUW0ROJM+87FYM=";

describe("SSH keys", () => {
  let people: People;
  let mona: number;
  let hubot: number;
  let now = 1_000;

  beforeEach(async () => {
    people = openPeople(openSqlite({ file: ":memory:" }), signingKey(Buffer.alloc(32, "k")), {
      clock: () => now,
    });
    mona = (await accounts.create(people, { username: "mona" })).id;
    hubot = (await accounts.create(people, { username: "hubot" })).id;
  });
  afterEach(() => people.db.close());

  it("refuses what is no key", async () => {
    const adding = sshKeys.add(people, mona, { title: "x", key: "ssh-ed25519 AAAA" });
    await expect(adding).rejects.toMatchObject({ kind: "invalid", field: "key" });
    expect(await sshKeys.of(people, mona)).toEqual([]);
  });

  it("refuses a key that anybody has, whatever its comment says", async () => {
    await sshKeys.add(people, mona, { key: ED25519 });
    for (const user of [mona, hubot]) {
      const adding = sshKeys.add(people, user, { key: `${ED25519} another` });
      await expect(adding).rejects.toMatchObject({ kind: "conflict", field: "key" });
    }
    expect(await sshKeys.of(people, hubot)).toEqual([]);
  });

  it("refuses a user who is not there", async () => {
    const adding = sshKeys.add(people, 999, { key: ED25519 });
    await expect(adding).rejects.toMatchObject({ kind: "not-found" });
  });

  it("keeps somebody else's keys out of reach", async () => {
    const { id } = await sshKeys.add(people, mona, { key: ED25519 });
    for (const asking of [sshKeys.byId(people, hubot, id), sshKeys.remove(people, hubot, id)]) {
      await expect(asking).rejects.toMatchObject({ kind: "not-found" });
    }
    expect((await sshKeys.byId(people, mona, id)).id).toBe(id);
  });

  it("keeps type and key, and the comment as a title where there is none", async () => {
    now = 5_000;
    const added = await sshKeys.add(people, mona, { key: `${ED25519} mona's laptop\n` });
    expect(added).toEqual({
      id: added.id,
      userId: mona,
      title: "mona's laptop",
      key: ED25519,
      fingerprintSha256: "SHA256:oxq5W/3trhnMz+Ju1MC9xajhKdpVKhU/kt82S3ScSJU",
      fingerprintMd5: "a7:3c:43:0d:d8:2c:91:27:ce:04:56:b0:ad:93:40:e2",
      usageType: "auth_and_signing",
      expiresAt: null,
      lastUsedAt: null,
      createdAt: 5_000,
      updatedAt: 5_000,
    });
  });

  it.each([
    [undefined, ""],
    [null, ""],
    ["", ""],
    ["work", "work"],
  ])("gives the title %j as %j", async (title, kept) => {
    expect((await sshKeys.add(people, mona, { title, key: ED25519 })).title).toBe(kept);
  });

  it("keeps what it is for and when it ends", async () => {
    const wanted = { key: ED25519, usageType: "signing", expiresAt: 9_000 } as const;
    expect(await sshKeys.add(people, mona, wanted)).toMatchObject({
      usageType: "signing",
      expiresAt: 9_000,
    });
  });

  it("lists them oldest first, and takes them away", async () => {
    const first = await sshKeys.add(people, mona, { key: P256 });
    const second = await sshKeys.add(people, mona, { key: ED25519 });
    expect(await sshKeys.of(people, mona)).toEqual([first, second]);
    await sshKeys.remove(people, mona, first.id);
    expect(await sshKeys.of(people, mona)).toEqual([second]);
    await expect(sshKeys.remove(people, mona, first.id)).rejects.toMatchObject({
      kind: "not-found",
    });
    expect((await sshKeys.add(people, hubot, { key: P256 })).userId).toBe(hubot);
  });

  it("go with their user", async () => {
    await sshKeys.add(people, mona, { key: ED25519 });
    await accounts.remove(people, mona);
    expect((await sshKeys.add(people, hubot, { key: ED25519 })).userId).toBe(hubot);
  });
});
