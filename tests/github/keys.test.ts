import { describe, expect, it } from "@jest/globals";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/keys#${name}`;
const LIST = page("list-public-ssh-keys-for-the-authenticated-user");
const CREATE = page("create-a-public-ssh-key-for-the-authenticated-user");
const GET = page("get-a-public-ssh-key-for-the-authenticated-user");
const DELETE = page("delete-a-public-ssh-key-for-the-authenticated-user");
const OF_USER = page("list-public-keys-for-a-user");

/** An Ed25519 key whose point is the number; no check asks whether it is on the curve. */
const key = (number: number) => {
  const point = Buffer.alloc(32, number);
  const type = Buffer.from("ssh-ed25519");
  const length = (bytes: Buffer) => Buffer.from([0, 0, 0, bytes.length]);
  const blob = Buffer.concat([length(type), type, length(point), point]);
  return `ssh-ed25519 ${blob.toString("base64")}`;
};

describe.each(bases)("keys below %j", (base) => {
  const here = stage(base);
  const owner = async (...scopes: string[]) => here.as(await here.user("alice"), ...scopes);

  describe("POST /user/keys", () => {
    it.each(["read:public_key", "user", "write:gpg_key"])("does not do with %s", async (scope) => {
      const alice = await owner(scope);
      const { headers } = await alice
        .post("/user/keys")
        .send({ title: "t", key: key(1) })
        .expect(404, notFound(CREATE));
      expect(headers["x-accepted-oauth-scopes"]).toBe("admin:public_key, write:public_key");
    });

    it("wants a key", async () => {
      const alice = await owner("write:public_key");
      const message = 'Invalid request.\n\n"key" wasn\'t supplied.';
      await alice
        .post("/user/keys")
        .send({ title: "t" })
        .expect(422, refusal(422, message, CREATE));
    });

    it.each(["", "ssh-ed25519 AAAA", "-----BEGIN PRIVATE KEY-----", `${key(1)}\n${key(2)}`])(
      "takes %j for no key",
      async (text) => {
        const alice = await owner("write:public_key");
        const { body } = await alice.post("/user/keys").send({ key: text }).expect(422);
        expect(body).toMatchObject({
          message: "Validation Failed",
          errors: [
            {
              resource: "PublicKey",
              field: "key",
              code: "custom",
              message: "key is invalid. You must supply a key in OpenSSH public key format",
            },
          ],
        });
      },
    );

    it("adds a key, without its comment, and says where it is", async () => {
      const alice = await owner("write:public_key");
      const { body, headers } = await alice
        .post("/user/keys")
        .send({ title: "laptop", key: `${key(1)} alice@laptop` })
        .expect(201);
      expect(Object.keys(body)).toEqual([
        "id",
        "key",
        "url",
        "title",
        "verified",
        "created_at",
        "read_only",
      ]);
      const url = `${here.api}/user/keys/${body.id}`;
      expect(body).toMatchObject({
        key: key(1),
        url,
        title: "laptop",
        verified: true,
        read_only: false,
      });
      expect(body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(headers.location).toBe(url);
      expect(headers.etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    });

    it("takes a key once in all", async () => {
      const alice = await owner("write:public_key");
      const bob = await here.as(await here.user("bob"), "write:public_key");
      await alice
        .post("/user/keys")
        .send({ key: key(1) })
        .expect(201);
      for (const who of [alice, bob]) {
        const { body } = await who
          .post("/user/keys")
          .send({ key: `${key(1)} x` })
          .expect(422);
        expect(body.errors).toEqual([
          { resource: "PublicKey", field: "key", code: "custom", message: "key is already in use" },
        ]);
      }
    });
  });

  describe("GET /user/keys", () => {
    it("93: needs a scope", async () => {
      const bob = await here.as(await here.user("bob"), "user", "repo");
      const { headers } = await bob.get("/user/keys").expect(404, notFound(LIST));
      expect(headers["x-accepted-oauth-scopes"]).toBe(
        "admin:public_key, read:public_key, write:public_key",
      );
      for (const scope of ["read:public_key", "write:public_key", "admin:public_key"]) {
        const alice = await here.as(await here.user(scope.slice(0, 4)), scope);
        await alice.get("/user/keys").expect(200, []);
      }
    });

    it("lists the caller's own keys, page by page", async () => {
      const alice = await owner("write:public_key");
      const bob = await here.as(await here.user("bob"), "write:public_key");
      await bob
        .post("/user/keys")
        .send({ key: key(9) })
        .expect(201);
      for (const number of [1, 2, 3]) {
        await alice
          .post("/user/keys")
          .send({ title: `k${number}`, key: key(number) })
          .expect(201);
      }
      const titles = ({ body }: { body: { title: string }[] }) => body.map(({ title }) => title);
      expect(titles(await alice.get("/user/keys").expect(200))).toEqual(["k1", "k2", "k3"]);
      const second = await alice.get("/user/keys?per_page=2&page=2").expect(200);
      expect(titles(second)).toEqual(["k3"]);
      expect(second.headers.link).toBe(
        `<${here.api}/user/keys?per_page=2&page=1>; rel="prev", ` +
          `<${here.api}/user/keys?per_page=2&page=1>; rel="first"`,
      );
    });
  });

  describe("GET /user/keys/{key_id}", () => {
    it("finds the caller's own keys alone", async () => {
      const alice = await owner("write:public_key");
      const bob = await here.as(await here.user("bob"), "admin:public_key");
      const { body } = await alice
        .post("/user/keys")
        .send({ key: key(1) })
        .expect(201);
      await alice.get(`/user/keys/${body.id}`).expect(200, body);
      await bob.get(`/user/keys/${body.id}`).expect(404, notFound(GET));
      for (const id of ["0", "999999", "x", "1e1", "9".repeat(20)]) {
        await alice.get(`/user/keys/${id}`).expect(404, notFound(GET));
      }
    });
  });

  describe("DELETE /user/keys/{key_id}", () => {
    it("needs the scope for it, and deletes the caller's own keys alone", async () => {
      const user = await here.user("alice");
      const writer = await here.as(user, "write:public_key");
      const alice = await here.as(user, "admin:public_key");
      const bob = await here.as(await here.user("bob"), "admin:public_key");
      const { body } = await writer
        .post("/user/keys")
        .send({ key: key(1) })
        .expect(201);
      const path = `/user/keys/${body.id}`;
      const { headers } = await writer.delete(path).expect(404, notFound(DELETE));
      expect(headers["x-accepted-oauth-scopes"]).toBe("admin:public_key");
      await bob.delete(path).expect(404, notFound(DELETE));
      expect((await alice.delete(path).expect(204)).text).toBe("");
      await alice.delete(path).expect(404, notFound(DELETE));
      await alice.get("/user/keys").expect(200, []);
      await bob
        .post("/user/keys")
        .send({ key: key(1) })
        .expect(201);
    });
  });

  describe("GET /users/{username}/keys", () => {
    it("answers 404 for those of an unknown user", async () => {
      await here.anyone.get("/users/missing/keys").expect(404, notFound(OF_USER));
    });

    it("93: shows anybody the keys and their ids, and no more", async () => {
      const alice = await owner("write:public_key");
      const { body } = await alice
        .post("/user/keys")
        .send({ title: "secret name", key: key(1) })
        .expect(201);
      await here.anyone.get("/users/ALICE/keys").expect(200, [{ id: body.id, key: key(1) }]);
    });
  });
});
