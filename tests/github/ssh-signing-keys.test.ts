import { describe, expect, it } from "@jest/globals";
import { sshKey } from "../auth-matrix/cast.ts";
import { notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/ssh-signing-keys#${name}`;
const LIST = page("list-ssh-signing-keys-for-the-authenticated-user");
const CREATE = page("create-a-ssh-signing-key-for-the-authenticated-user");
const GET = page("get-an-ssh-signing-key-for-the-authenticated-user");
const DELETE = page("delete-an-ssh-signing-key-for-the-authenticated-user");
const OF_USER = page("list-ssh-signing-keys-for-a-user");

const PATH = "/user/ssh_signing_keys";

describe("SSH signing keys", () => {
  const server = stage("/api/v3", { clock: () => Date.UTC(2026, 0, 15, 12) });
  const user = async (name: string, ...scopes: string[]) =>
    server.as(await server.user(name), ...scopes);

  describe("POST /user/ssh_signing_keys", () => {
    it.each(["read:ssh_signing_key", "admin:public_key"])("is a 404 with %s", async (scope) => {
      const alice = await user("alice", scope);
      const { headers } = await alice
        .post(PATH)
        .send({ key: sshKey(1) })
        .expect(404, notFound(CREATE));
      expect(headers["x-accepted-oauth-scopes"]).toBe(
        "admin:ssh_signing_key, write:ssh_signing_key",
      );
    });

    it("refuses what is no key, and a signing key that exists", async () => {
      const alice = await user("alice", "write:ssh_signing_key");
      const bob = await user("bob", "write:ssh_signing_key");
      const message = 'Invalid request.\n\n"key" wasn\'t supplied.';
      await alice
        .post(PATH)
        .send({})
        .expect(422, refusal(422, message, CREATE));
      await alice.post(PATH).send({ key: "ssh-ed25519 AAAA" }).expect(422);
      await alice
        .post(PATH)
        .send({ key: sshKey(1) })
        .expect(201);
      for (const who of [alice, bob]) {
        const { body } = await who
          .post(PATH)
          .send({ key: sshKey(1) })
          .expect(422);
        expect(body.errors).toMatchObject([{ field: "key", message: "key is already in use" }]);
      }
    });

    it("answers 201 with the key, which may be an SSH key as well", async () => {
      const alice = await user("alice", "admin:ssh_signing_key", "admin:public_key");
      await alice
        .post("/user/keys")
        .send({ title: "opens", key: sshKey(1) })
        .expect(201);
      const { body, headers } = await alice
        .post(PATH)
        .send({ title: "signs", key: `${sshKey(1)} alice@laptop` })
        .expect(201);
      expect(headers.location).toBe(`${server.api}${PATH}/${body.id}`);
      expect(Object.entries(body)).toEqual([
        ["id", expect.any(Number)],
        ["key", sshKey(1)],
        ["title", "signs"],
        ["created_at", "2026-01-15T12:00:00Z"],
      ]);
    });
  });

  describe("GET /user/ssh_signing_keys", () => {
    it("needs a scope", async () => {
      await (await user("alice", "user")).get(PATH).expect(404, notFound(LIST));
    });

    it("lists the caller's own keys, page by page", async () => {
      const alice = await user("alice", "write:ssh_signing_key");
      const bob = await user("bob", "write:ssh_signing_key");
      await bob
        .post(PATH)
        .send({ key: sshKey(9) })
        .expect(201);
      for (const number of [1, 2, 3]) {
        await alice
          .post(PATH)
          .send({ title: `k${number}`, key: sshKey(number) })
          .expect(201);
      }
      const { body, headers } = await alice.get(`${PATH}?per_page=2`).expect(200);
      expect(body).toMatchObject([{ title: "k1" }, { title: "k2" }]);
      expect(headers.link).toContain(`<${server.api}${PATH}?per_page=2&page=2>; rel="next"`);
    });
  });

  describe("GET /user/ssh_signing_keys/{ssh_signing_key_id}", () => {
    it("finds the caller's own keys alone", async () => {
      const alice = await user("alice", "write:ssh_signing_key");
      const bob = await user("bob", "read:ssh_signing_key");
      const sent = alice.post(PATH).send({ key: sshKey(1) });
      const { body } = await sent.expect(201);
      await alice.get(`${PATH}/${body.id}`).expect(200, body);
      await bob.get(`${PATH}/${body.id}`).expect(404, notFound(GET));
    });
  });

  describe("DELETE /user/ssh_signing_keys/{ssh_signing_key_id}", () => {
    it("needs admin:ssh_signing_key, and deletes the caller's own keys alone", async () => {
      const account = await server.user("alice");
      const writer = await server.as(account, "write:ssh_signing_key");
      const alice = await server.as(account, "admin:ssh_signing_key");
      const bob = await user("bob", "admin:ssh_signing_key");
      const sent = writer.post(PATH).send({ key: sshKey(1) });
      const path = `${PATH}/${(await sent.expect(201)).body.id}`;
      await writer.delete(path).expect(404, notFound(DELETE));
      await bob.delete(path).expect(404, notFound(DELETE));
      await alice.delete(path).expect(204);
      await alice.delete(path).expect(404, notFound(DELETE));
    });
  });

  describe("GET /users/{username}/ssh_signing_keys", () => {
    it("answers 404 for an unknown user", async () => {
      await server.anyone.get("/users/missing/ssh_signing_keys").expect(404, notFound(OF_USER));
    });

    it("shows a user's keys to everyone", async () => {
      const alice = await user("alice", "write:ssh_signing_key");
      const sent = alice.post(PATH).send({ title: "signs", key: sshKey(1) });
      const { body } = await sent.expect(201);
      await server.anyone.get("/users/ALICE/ssh_signing_keys").expect(200, [body]);
    });
  });
});
