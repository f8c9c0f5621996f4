import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { signingKey } from "../../../src/domain/credentials/token-signing.ts";
import * as sshKeys from "../../../src/domain/keys/ssh-keys.ts";
import { openStore } from "../../../src/domain/open-store.ts";
import type { Store } from "../../../src/domain/store.ts";
import * as accounts from "../../../src/domain/users/accounts.ts";
import { openSqlite } from "../../../src/storage/sqlite/open.ts";
import { migratedImage } from "../../support/engine.ts";

const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN2hwLOQW";
const P256 =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMdsekqW9YGB+/eFSHfv" +
  "wHUGFdLfXHhEMp4QHpK34F1s0mfotksWqc+IxQaEhZrGrYaT/+W7ReUW0ROJM+87FYM=";

describe("SSH keys", () => {
  let store: Store;
  let mona: number;
  let hubot: number;
  let now = 1_000;

  beforeEach(async () => {
    store = openStore(
      openSqlite({ file: ":memory:", image: migratedImage() }),
      signingKey(Buffer.alloc(32, "k")),
      {
        clock: () => now,
      },
    );
    mona = (await accounts.createAccount(store, { username: "mona" })).id;
    hubot = (await accounts.createAccount(store, { username: "hubot" })).id;
  });
  afterEach(() => store.engine.close());

  it("refuses what is no key", async () => {
    const adding = sshKeys.add(store, mona, { title: "x", key: "ssh-ed25519 AAAA" });
    await expect(adding).rejects.toMatchObject({ kind: "invalid", field: "key" });
    expect(await sshKeys.listByUser(store, mona)).toEqual([]);
  });

  it("refuses a key that any user has, with any comment", async () => {
    await sshKeys.add(store, mona, { key: ED25519 });
    for (const user of [mona, hubot]) {
      const adding = sshKeys.add(store, user, { key: `${ED25519} another` });
      await expect(adding).rejects.toMatchObject({ kind: "conflict", field: "key" });
    }
    expect(await sshKeys.listByUser(store, hubot)).toEqual([]);
  });

  it("refuses a user who is not there", async () => {
    const adding = sshKeys.add(store, 999, { key: ED25519 });
    await expect(adding).rejects.toMatchObject({ kind: "not-found" });
  });

  it("keeps another user's keys out of reach", async () => {
    const { id } = await sshKeys.add(store, mona, { key: ED25519 });
    for (const asking of [sshKeys.byId(store, hubot, id), sshKeys.remove(store, hubot, id)]) {
      await expect(asking).rejects.toMatchObject({ kind: "not-found" });
    }
    expect((await sshKeys.byId(store, mona, id)).id).toBe(id);
  });

  it("keeps type and key, and the comment as a title where there is none", async () => {
    now = 5_000;
    const added = await sshKeys.add(store, mona, { key: `${ED25519} mona's laptop\n` });
    expect(added).toEqual({
      id: added.id,
      userId: mona,
      title: "mona's laptop",
      comment: "mona's laptop",
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
    expect((await sshKeys.add(store, mona, { title, key: ED25519 })).title).toBe(kept);
  });

  it("keeps what it is for and when it ends", async () => {
    const wanted = { key: ED25519, usageType: "signing", expiresAt: 9_000 } as const;
    expect(await sshKeys.add(store, mona, wanted)).toMatchObject({
      usageType: "signing",
      expiresAt: 9_000,
    });
  });

  it("lists them oldest first, and takes them away", async () => {
    const first = await sshKeys.add(store, mona, { key: P256 });
    const second = await sshKeys.add(store, mona, { key: ED25519 });
    expect(await sshKeys.listByUser(store, mona)).toEqual([first, second]);
    await sshKeys.remove(store, mona, first.id);
    expect(await sshKeys.listByUser(store, mona)).toEqual([second]);
    await expect(sshKeys.remove(store, mona, first.id)).rejects.toMatchObject({
      kind: "not-found",
    });
    expect((await sshKeys.add(store, hubot, { key: P256 })).userId).toBe(hubot);
  });

  it("go with their user", async () => {
    await sshKeys.add(store, mona, { key: ED25519 });
    await accounts.deleteAccount(store, mona);
    expect((await sshKeys.add(store, hubot, { key: ED25519 })).userId).toBe(hubot);
  });
});
