import { beforeAll, describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import { notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/gpg-keys#${name}`;
const LIST = page("list-gpg-keys-for-the-authenticated-user");
const CREATE = page("create-a-gpg-key-for-the-authenticated-user");
const GET = page("get-a-gpg-key-for-the-authenticated-user");
const DELETE = page("delete-a-gpg-key-for-the-authenticated-user");
const OF_USER = page("list-gpg-keys-for-a-user");

const DAY = 86_400;

describe("GPG keys", () => {
  const server = stage("/api/v3");
  let armored: string;
  let privateKey: string;
  let other: string;

  beforeAll(async () => {
    const made = await generateKey({
      type: "ecc",
      userIDs: [
        { name: "Alice", email: "alice@example.test" },
        { name: "Alice", email: "elsewhere@example.test" },
      ],
      keyExpirationTime: DAY,
      date: new Date("2026-01-01T00:00:00Z"),
    });
    armored = made.publicKey;
    privateKey = made.privateKey;
    other = (await generateKey({ type: "ecc", userIDs: [{ name: "Bob" }] })).publicKey;
  });

  const user = async (name: string, ...scopes: string[]) =>
    server.as(await server.user(name), ...scopes);

  describe("POST /user/gpg_keys", () => {
    it.each(["read:gpg_key", "admin:public_key", "user"])("is a 404 with %s", async (scope) => {
      const alice = await user("alice", scope);
      const sent = alice.post("/user/gpg_keys").send({ armored_public_key: armored });
      const { headers } = await sent.expect(404, notFound(CREATE));
      expect(headers["x-accepted-oauth-scopes"]).toBe("admin:gpg_key, write:gpg_key");
    });

    it("refuses a body without a key", async () => {
      const alice = await user("alice", "write:gpg_key");
      const message = 'Invalid request.\n\n"armored_public_key" wasn\'t supplied.';
      await alice
        .post("/user/gpg_keys")
        .send({ name: "mine" })
        .expect(422, refusal(422, message, CREATE));
    });

    it("refuses what is no public key, and a private one", async () => {
      const alice = await user("alice", "write:gpg_key");
      for (const text of ["", "mine", armored.slice(0, 200), privateKey]) {
        const sent = alice.post("/user/gpg_keys").send({ armored_public_key: text });
        expect((await sent.expect(422)).body.errors).toMatchObject([
          { resource: "GpgKey", field: "armored_public_key", code: "custom" },
        ]);
      }
      await alice.get("/user/gpg_keys").expect(200, []);
    });

    it("refuses a key that exists in the words that gh looks for", async () => {
      const alice = await user("alice", "write:gpg_key");
      const bob = await user("bob", "write:gpg_key");
      await alice.post("/user/gpg_keys").send({ armored_public_key: armored }).expect(201);
      for (const who of [alice, bob]) {
        const sent = who.post("/user/gpg_keys").send({ armored_public_key: armored });
        const { body } = await sent.expect(422);
        expect(body.message).toBe("Validation Failed");
        expect(body.errors[0]).toMatchObject({ field: "key_id", message: "key_id already exists" });
      }
    });

    it("answers 201 with the key, its parts and what they are for", async () => {
      const alice = await user("alice", "admin:gpg_key");
      const sent = alice.post("/user/gpg_keys").send({ armored_public_key: armored, name: "mine" });
      const { body, headers } = await sent.expect(201);
      expect(headers.location).toBe(`${server.api}/user/gpg_keys/${body.id}`);
      expect(headers.etag).toMatch(/^W\/"/);
      expect(body).toMatchObject({
        name: "mine",
        primary_key_id: null,
        emails: [
          { email: "alice@example.test", verified: true },
          { email: "elsewhere@example.test", verified: false },
        ],
        can_sign: true,
        can_certify: true,
        can_encrypt_comms: false,
        expires_at: "2026-01-02T00:00:00Z",
        revoked: false,
        raw_key: armored.trim(),
      });
      expect(body.key_id).toMatch(/^[0-9A-F]{16}$/);
      expect(body.subkeys).toMatchObject([
        {
          primary_key_id: body.id,
          emails: [],
          subkeys: [],
          can_sign: false,
          can_encrypt_comms: true,
          can_encrypt_storage: true,
          can_certify: false,
          raw_key: null,
        },
      ]);
    });
  });

  describe("GET /user/gpg_keys", () => {
    it("needs a scope", async () => {
      const { headers } = await (await user("alice", "user"))
        .get("/user/gpg_keys")
        .expect(404, notFound(LIST));
      expect(headers["x-accepted-oauth-scopes"]).toBe("admin:gpg_key, read:gpg_key, write:gpg_key");
    });

    it("lists the caller's own keys, page by page", async () => {
      const alice = await user("alice", "write:gpg_key");
      for (const key of [armored, other]) {
        await alice.post("/user/gpg_keys").send({ armored_public_key: key }).expect(201);
      }
      const second = await alice.get("/user/gpg_keys?per_page=1&page=2").expect(200);
      expect(second.body).toMatchObject([{ raw_key: other.trim(), emails: [] }]);
      expect(second.headers.link).toBe(
        `<${server.api}/user/gpg_keys?per_page=1&page=1>; rel="prev", ` +
          `<${server.api}/user/gpg_keys?per_page=1&page=1>; rel="first"`,
      );
    });
  });

  describe("GET /user/gpg_keys/{gpg_key_id}", () => {
    it("finds the caller's own keys alone", async () => {
      const alice = await user("alice", "write:gpg_key");
      const bob = await user("bob", "admin:gpg_key");
      const sent = alice.post("/user/gpg_keys").send({ armored_public_key: armored });
      const { body } = await sent.expect(201);
      await alice.get(`/user/gpg_keys/${body.id}`).expect(200, body);
      await bob.get(`/user/gpg_keys/${body.id}`).expect(404, notFound(GET));
      await alice.get("/user/gpg_keys/x").expect(404, notFound(GET));
    });
  });

  describe("DELETE /user/gpg_keys/{gpg_key_id}", () => {
    it("needs admin:gpg_key, and deletes the caller's own keys alone", async () => {
      const account = await server.user("alice");
      const writer = await server.as(account, "write:gpg_key");
      const alice = await server.as(account, "admin:gpg_key");
      const bob = await user("bob", "admin:gpg_key");
      const sent = writer.post("/user/gpg_keys").send({ armored_public_key: armored });
      const path = `/user/gpg_keys/${(await sent.expect(201)).body.id}`;
      await writer.delete(path).expect(404, notFound(DELETE));
      await bob.delete(path).expect(404, notFound(DELETE));
      await alice.delete(path).expect(204);
      await alice.delete(path).expect(404, notFound(DELETE));
    });
  });

  describe("GET /users/{username}/gpg_keys", () => {
    it("answers 404 for an unknown user", async () => {
      await server.anyone.get("/users/missing/gpg_keys").expect(404, notFound(OF_USER));
    });

    it("shows a user's keys to everyone", async () => {
      const alice = await user("alice", "write:gpg_key");
      const sent = alice.post("/user/gpg_keys").send({ armored_public_key: armored });
      const { body } = await sent.expect(201);
      await server.anyone.get("/users/ALICE/gpg_keys").expect(200, [body]);
    });
  });
});
