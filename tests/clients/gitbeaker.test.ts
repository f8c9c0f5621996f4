import { Gitlab } from "@gitbeaker/rest";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { generateKey } from "openpgp";
import type { User } from "../../src/domain/user.ts";
import { stage, usernames } from "../gitlab-v4/stage.ts";

const here = stage();
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A client as its manual makes one. */
const gitlab = (token: string) => new Gitlab({ host: here.origin, token });
const as = async (user: User, ...scopes: string[]) =>
  gitlab(await here.token(user, ...(scopes.length === 0 ? ["api"] : scopes)));

async function cast() {
  const { adminUser, ordinaryUser, otherUser } = await here.cast();
  return {
    adminUser,
    ordinaryUser,
    otherUser,
    root: await as(adminUser, "api", "sudo"),
    una: await as(ordinaryUser),
    vera: await as(otherUser),
  };
}

const names = (users: unknown) => usernames({ body: users });
const refused = (status: number, description: string) =>
  expect.objectContaining({
    name: "GitbeakerRequestError",
    message: description,
    cause: expect.objectContaining({ response: expect.objectContaining({ status }) }),
  });

describe("gitbeaker", () => {
  it("follows, unfollows and lists", async () => {
    const { ordinaryUser, otherUser, una } = await cast();
    expect(await una.Users.follow(otherUser.id)).toMatchObject({
      id: otherUser.id,
      username: "vera",
    });
    expect(names(await una.Users.allFollowers(otherUser.id))).toEqual(["una"]);
    expect(names(await una.Users.allFollowing(ordinaryUser.id))).toEqual(["vera"]);
    expect(await una.Users.show(otherUser.id)).toMatchObject({ followers: 1, is_followed: true });
    // It takes 304 for a failure, with nothing to say about it.
    await expect(una.Users.follow(otherUser.id)).rejects.toEqual(refused(304, ""));
    expect(await una.Users.unfollow(otherUser.id)).toMatchObject({ id: otherUser.id });
    expect(await una.Users.allFollowers(otherUser.id)).toEqual([]);
  });

  it("throws the error of the answer", async () => {
    const { ordinaryUser, otherUser, una, root } = await cast();
    const wrong = gitlab("wrong");
    await expect(wrong.Users.showCurrentUser()).rejects.toEqual(refused(401, "401 Unauthorized"));
    await expect(una.Users.show(999999)).rejects.toEqual(refused(404, "404 User Not Found"));
    const reader = await as(ordinaryUser, "read_user");
    await expect(reader.Users.follow(otherUser.id)).rejects.toEqual(
      refused(403, "insufficient_scope"),
    );
    const taken = root.UserEmails.add("vera@example.test", { userId: ordinaryUser.id });
    const message = JSON.stringify({ email: ["has already been taken"] });
    await expect(taken).rejects.toEqual(refused(400, message));
    await expect(una.Users.block(otherUser.id)).rejects.toEqual(refused(403, "403 Forbidden"));
  });

  it("walks through every page of followers", async () => {
    const { ordinaryUser, una } = await cast();
    const fans = await here.fans(ordinaryUser, 230);
    const all = await una.Users.allFollowers(ordinaryUser.id, { perPage: 100 });
    expect(names(all)).toEqual(fans);
    const page = await una.Users.allFollowers(ordinaryUser.id, {
      perPage: 20,
      page: 2,
      showExpanded: true,
    });
    expect(names(page.data)).toEqual(fans.slice(20, 40));
    expect(page.paginationInfo).toEqual({
      total: 230,
      next: 3,
      current: 2,
      previous: 1,
      perPage: 20,
      totalPages: 12,
    });
    const some = await una.Users.allFollowers(ordinaryUser.id, { perPage: 50, maxPages: 2 });
    expect(some).toHaveLength(100);
  });

  it("walks through all users by keyset and by offset", async () => {
    const { ordinaryUser, root } = await cast();
    const fans = await here.fans(ordinaryUser, 130);
    const known = new Set([...fans, "root", "una", "vera", "petra"]);
    for (const pagination of ["keyset", "offset"] as const) {
      const all = await root.Users.all({ pagination, perPage: 50, orderBy: "username" });
      expect(all).toHaveLength(known.size);
      expect(new Set(names(all))).toEqual(known);
    }
  });

  it("acts for another user under sudo", async () => {
    const { ordinaryUser, otherUser, root, una } = await cast();
    expect(await root.Users.showCurrentUser({ sudo: ordinaryUser.id })).toMatchObject({
      username: "una",
    });
    await root.Users.follow(otherUser.id, { sudo: "una" });
    expect(names(await una.Users.allFollowers(otherUser.id))).toEqual(["una"]);
    const plain = una.Users.showCurrentUser({ sudo: otherUser.id });
    const message = "403 Forbidden - Must be admin to use sudo";
    await expect(plain).rejects.toEqual(refused(403, message));
  });

  it("administers users", async () => {
    const { root } = await cast();
    const made = await root.Users.create({
      email: "new@example.test",
      name: "New",
      username: "new",
      forceRandomPassword: true,
      skipConfirmation: true,
    });
    expect(made).toMatchObject({ username: "new", state: "active", email: "new@example.test" });
    // It sends this one as a form, in which it leaves its own spelling of names as it is.
    const avatar = { content: new Blob([PNG]), filename: "me.png" };
    const changed = await root.Users.edit(made.id, { bio: "Hello", avatar });
    expect(changed).toMatchObject({
      bio: "Hello",
      avatar_url: `${here.origin}/uploads/-/system/user/avatar/${made.id}/me.png`,
    });
    await root.Users.block(made.id);
    expect(await root.Users.show(made.id)).toMatchObject({ state: "blocked" });
    await root.Users.unblock(made.id);
    await root.Users.remove(made.id);
    await expect(root.Users.show(made.id)).rejects.toEqual(refused(404, "404 User Not Found"));
  });

  it("sets a status", async () => {
    const { una, ordinaryUser } = await cast();
    expect(await una.Users.editStatus({ message: "At sea" })).toMatchObject({
      message: "At sea",
      emoji: "speech_balloon",
    });
    const shown = await una.Users.showStatus({ iDOrUsername: ordinaryUser.id });
    expect(shown).toMatchObject({ message: "At sea" });
  });

  it("keeps addresses", async () => {
    const { ordinaryUser, una, root } = await cast();
    const added = await una.UserEmails.add("more@example.test");
    expect(added).toMatchObject({ email: "more@example.test", confirmed_at: null });
    expect(await una.UserEmails.show(added.id)).toEqual(added);
    const confirmed = await root.UserEmails.add("sure@example.test", {
      userId: ordinaryUser.id,
      skipConfirmation: true,
    });
    expect(confirmed.confirmed_at).not.toBeNull();
    const all = await root.UserEmails.all({ userId: ordinaryUser.id });
    const addresses = all.map(({ email }) => email);
    expect(addresses).toEqual(["una@example.test", "more@example.test", "sure@example.test"]);
    await una.UserEmails.remove(added.id);
    await root.UserEmails.remove(confirmed.id, { userId: ordinaryUser.id });
    expect(await una.UserEmails.all()).toHaveLength(1);
  });

  it("keeps SSH keys", async () => {
    const { ordinaryUser, una, vera, root } = await cast();
    const key = await una.UserSSHKeys.add("laptop", KEY);
    expect(key).toMatchObject({ title: "laptop", key: `${KEY} una (127.0.0.1)` });
    expect(await vera.UserSSHKeys.all({ userId: ordinaryUser.id })).toEqual([key]);
    expect(await una.UserSSHKeys.show(key.id)).toEqual(key);
    expect(await vera.UserSSHKeys.show(key.id, { userId: ordinaryUser.id })).toEqual(key);
    expect(await root.Keys.show({ keyId: key.id })).toMatchObject({
      user: { id: ordinaryUser.id },
    });
    await una.UserSSHKeys.remove(key.id);
    expect(await una.UserSSHKeys.all()).toEqual([]);
  });

  describe("with a GPG key", () => {
    let armored: string;
    beforeAll(async () => {
      ({ publicKey: armored } = await generateKey({ type: "ecc", userIDs: [{ name: "Una" }] }));
    });

    it("keeps it", async () => {
      const { ordinaryUser, una, vera } = await cast();
      const key = await una.UserGPGKeys.add(armored);
      expect(key.key).toBe(armored.trim());
      expect(await vera.UserGPGKeys.all({ userId: ordinaryUser.id })).toEqual([key]);
      expect(await vera.UserGPGKeys.show(key.id, { userId: ordinaryUser.id })).toEqual(key);
      await una.UserGPGKeys.remove(key.id);
      expect(await una.UserGPGKeys.all()).toEqual([]);
    });
  });

  it("keeps custom attributes", async () => {
    const { ordinaryUser, una, root } = await cast();
    const { UserCustomAttributes: attributes } = root;
    expect(await attributes.set(ordinaryUser.id, "colour", "red")).toEqual({
      key: "colour",
      value: "red",
    });
    await attributes.set(ordinaryUser.id, "colour", "blue");
    expect(await attributes.show(ordinaryUser.id, "colour")).toEqual({
      key: "colour",
      value: "blue",
    });
    expect(await attributes.all(ordinaryUser.id)).toEqual([{ key: "colour", value: "blue" }]);
    await expect(una.UserCustomAttributes.all(ordinaryUser.id)).rejects.toEqual(
      refused(403, "403 Forbidden"),
    );
    await attributes.remove(ordinaryUser.id, "colour");
    expect(await attributes.all(ordinaryUser.id)).toEqual([]);
  });

  it("makes and ends impersonation tokens", async () => {
    const { ordinaryUser, root } = await cast();
    const { UserImpersonationTokens: tokens } = root;
    const expiresAt = new Date(Date.now() + 2 * 864e5).toISOString().slice(0, 10);
    const made = await tokens.create(ordinaryUser.id, "help", ["api"], { expiresAt });
    expect(made).toMatchObject({ impersonation: true, active: true, expires_at: expiresAt });
    const helper = gitlab(String(made.token));
    expect(await helper.Users.showCurrentUser()).toMatchObject({ id: ordinaryUser.id });
    expect(await tokens.all(ordinaryUser.id, { state: "active" })).toMatchObject([{ id: made.id }]);
    expect(await tokens.show(ordinaryUser.id, made.id)).not.toHaveProperty("token");
    await tokens.revoke(ordinaryUser.id, made.id);
    await expect(helper.Users.showCurrentUser()).rejects.toEqual(refused(401, "invalid_token"));
    expect(await tokens.all(ordinaryUser.id, { state: "inactive" })).toMatchObject([
      { id: made.id },
    ]);
  });

  it("makes, rotates and ends personal access tokens", async () => {
    const { ordinaryUser, root, una } = await cast();
    const made = await root.PersonalAccessTokens.create(ordinaryUser.id, "robot", ["api"]);
    const robot = gitlab(String(made.token));
    expect(await robot.PersonalAccessTokens.show()).toMatchObject({ id: made.id, name: "robot" });
    const mine = await una.PersonalAccessTokens.all({ userId: ordinaryUser.id, search: "rob" });
    expect(mine).toMatchObject([{ id: made.id, revoked: false }]);
    const next = await una.PersonalAccessTokens.rotate(made.id);
    await expect(robot.Users.showCurrentUser()).rejects.toEqual(refused(401, "invalid_token"));
    const renewed = gitlab(String(next.token));
    expect(await renewed.Users.showCurrentUser()).toMatchObject({ id: ordinaryUser.id });
    await renewed.PersonalAccessTokens.remove();
    const last = await root.PersonalAccessTokens.show({ tokenId: next.id });
    expect(last).toMatchObject({ revoked: true, active: false });
  });
});

describe("one graph", () => {
  const octokit = async (user: User) =>
    new Octokit({ baseUrl: `${here.origin}/api/v3`, auth: await here.token(user, "user") }).rest;
  const logins = (users: readonly { login: string }[]) => users.map(({ login }) => login);

  it("shows gitbeaker what Octokit has followed", async () => {
    const { ordinaryUser, otherUser, una } = await cast();
    const { users } = await octokit(ordinaryUser);
    await users.follow({ username: "vera" });
    expect(names(await una.Users.allFollowers(otherUser.id))).toEqual(["una"]);
    expect(await una.Users.show(otherUser.id)).toMatchObject({ followers: 1, is_followed: true });
    await expect(una.Users.follow(otherUser.id)).rejects.toEqual(refused(304, ""));
    await users.unfollow({ username: "vera" });
    expect(await una.Users.allFollowing(ordinaryUser.id)).toEqual([]);
  });

  it("shows Octokit what gitbeaker has followed", async () => {
    const { ordinaryUser, otherUser, una } = await cast();
    const { users } = await octokit(otherUser);
    await una.Users.follow(otherUser.id);
    const { data } = await users.listFollowersForAuthenticatedUser();
    expect(logins(data)).toEqual(["una"]);
    const both = { username: "una", target_user: "vera" };
    expect((await users.checkFollowingForUser(both)).status).toBe(204);
    expect((await users.getByUsername({ username: "una" })).data).toMatchObject({ following: 1 });
    expect((await users.getById({ account_id: ordinaryUser.id })).data.login).toBe("una");
    await una.Users.unfollow(otherUser.id);
    expect((await users.listFollowersForAuthenticatedUser()).data).toEqual([]);
  });

  it("shares keys and addresses", async () => {
    const { ordinaryUser, una } = await cast();
    const { users } = await octokit(ordinaryUser);
    const key = await una.UserSSHKeys.add("laptop", KEY);
    const { data: keys } = await users.listPublicKeysForUser({ username: "una" });
    expect(keys).toEqual([{ id: key.id, key: KEY }]);
    await users.addEmailForAuthenticatedUser({ emails: ["more@example.test"] });
    const addresses = (await una.UserEmails.all()).map(({ email }) => email);
    expect(addresses).toEqual(["una@example.test", "more@example.test"]);
  });
});
