import { describe, expect, it } from "@jest/globals";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/emails#${name}`;
const LIST = page("list-email-addresses-for-the-authenticated-user");
const ADD = page("add-an-email-address-for-the-authenticated-user");
const DELETE = page("delete-an-email-address-for-the-authenticated-user");
const VISIBILITY = page("set-primary-email-visibility-for-the-authenticated-user");

describe.each(bases)("email addresses below %j", (base) => {
  const here = stage(base);
  const owner = async (...scopes: string[]) =>
    here.as(await here.user("alice"), ...(scopes.length === 0 ? ["user"] : scopes));

  const primary = {
    email: "alice@example.test",
    primary: true,
    verified: true,
    visibility: "private",
  };
  const second = { email: "al@example.test", primary: false, verified: false, visibility: null };
  const third = { ...second, email: "a@example.test" };
  const failed = (docs: string, code: string) => ({
    ...refusal(422, "Validation Failed", docs),
    errors: [{ resource: "User", field: "email", code }],
  });

  describe("GET /user/emails", () => {
    it.each(["read:user", "user:follow", "repo"])("is 404 to %s", async (scope) => {
      const { headers } = await (await owner(scope))
        .get("/user/emails")
        .expect(404, notFound(LIST));
      expect(headers["x-accepted-oauth-scopes"]).toBe("user, user:email");
    });

    it.each(["user", "user:email"])("shows them to %s", async (scope) => {
      const { body } = await (await owner(scope)).get("/user/emails").expect(200);
      expect(body).toEqual([primary]);
      expect(Object.keys(body[0])).toEqual(["email", "primary", "verified", "visibility"]);
    });

    it("goes page by page, the primary one first", async () => {
      const alice = await owner();
      await alice.post("/user/emails").send([second.email, third.email]).expect(201);
      const first = await alice.get("/user/emails?per_page=2").expect(200, [primary, second]);
      expect(first.headers.link).toBe(
        `<${here.api}/user/emails?per_page=2&page=2>; rel="next", ` +
          `<${here.api}/user/emails?per_page=2&page=2>; rel="last"`,
      );
      await alice.get("/user/emails?per_page=2&page=2").expect(200, [third]);
    });

    it("is empty for a user without any", async () => {
      const alice = await here.as(await here.user("nomad", { email: undefined }), "user");
      await alice.get("/user/emails").expect(200, []);
    });
  });

  describe("POST /user/emails", () => {
    it("is 404 to user:email, which reads alone", async () => {
      const alice = await owner("user:email");
      await alice.post("/user/emails").send([second.email]).expect(404, notFound(ADD));
    });

    it.each([
      ["an object", { emails: [second.email] }],
      ["a bare list", [second.email]],
      ["a bare address", JSON.stringify(second.email)],
    ])("takes %s", async (_, body) => {
      const alice = await owner();
      await alice.post("/user/emails").type("json").send(body).expect(201, [second]);
      await alice.get("/user/emails").expect(200, [primary, second]);
    });

    it("does not read what is no JSON, and refuses what is no list of addresses", async () => {
      const alice = await owner();
      const send = (text: string) => alice.post("/user/emails").type("json").send(text);
      await send("[").expect(400, refusal(400, "Problems parsing JSON", ADD));
      for (const text of ["{}", "[]", "[7]", '{"emails":[]}', '{"emails":"x"}']) {
        expect((await send(text).expect(422)).body.message).toMatch(/^Invalid request\.\n\n./);
      }
      expect((await alice.get("/user/emails")).body).toHaveLength(1);
    });

    it.each(["none", "a@b@c.test", "", "a b@c.test"])("refuses the address %j", async (address) => {
      const alice = await owner();
      await alice
        .post("/user/emails")
        .send([second.email, address])
        .expect(422, failed(ADD, "invalid"));
      await alice.get("/user/emails").expect(200, [primary]);
    });

    it("refuses an address of another user, in any case, and adds all or none", async () => {
      const alice = await owner();
      await here.user("bob");
      for (const taken of ["BOB@example.test", primary.email]) {
        await alice
          .post("/user/emails")
          .send([second.email, taken])
          .expect(422, failed(ADD, "already_exists"));
      }
      await alice.get("/user/emails").expect(200, [primary]);
    });
  });

  describe("DELETE /user/emails", () => {
    it("is 404 to user:email, which reads alone", async () => {
      const alice = await owner("user:email");
      await alice.delete("/user/emails").send([primary.email]).expect(404, notFound(DELETE));
    });

    it("deletes addresses in any form of body and any case", async () => {
      const alice = await owner();
      for (const body of [
        { emails: ["AL@example.test"] },
        [second.email],
        JSON.stringify(second.email),
      ]) {
        await alice.post("/user/emails").send([second.email]).expect(201);
        const { text } = await alice.delete("/user/emails").type("json").send(body).expect(204);
        expect(text).toBe("");
        await alice.get("/user/emails").expect(200, [primary]);
      }
    });

    it("keeps the primary one, and all of them when one is not the caller's", async () => {
      const alice = await owner();
      await here.user("bob");
      await alice.post("/user/emails").send([second.email]).expect(201);
      const remove = (...addresses: string[]) => alice.delete("/user/emails").send(addresses);
      await remove(primary.email).expect(422, failed(DELETE, "invalid"));
      await remove(second.email, "bob@example.test").expect(404, notFound(DELETE));
      await remove("missing@example.test").expect(404, notFound(DELETE));
      await alice.get("/user/emails").expect(200, [primary, second]);
    });
  });

  describe("PATCH /user/email/visibility", () => {
    it("wants one of two words", async () => {
      const alice = await owner();
      const set = (body: object) => alice.patch("/user/email/visibility").send(body);
      const missing = 'Invalid request.\n\n"visibility" wasn\'t supplied.';
      await set({}).expect(422, refusal(422, missing, VISIBILITY));
      for (const visibility of ["hidden", null, true]) {
        expect((await set({ visibility }).expect(422)).body.message).toMatch(/^Invalid request\./);
      }
      await alice.get("/user/emails").expect(200, [primary]);
    });

    it("shows the primary address to others, or hides it", async () => {
      const alice = await owner();
      const bob = await here.as(await here.user("bob"));
      const shown = async () => (await bob.get("/users/alice").expect(200)).body.email;
      const set = (visibility: string) =>
        alice.patch("/user/email/visibility").send({ visibility });
      await set("public").expect(200, [{ ...primary, visibility: "public" }]);
      expect(await shown()).toBe(primary.email);
      expect((await here.anyone.get("/users/alice")).body.email).toBeNull();
      await set("private").expect(200, [primary]);
      expect(await shown()).toBeNull();
    });
  });

  describe("GET /user/public_emails", () => {
    it("is 404 to a token without the scope", async () => {
      const docs = page("list-public-email-addresses-for-the-authenticated-user");
      await (await owner("repo")).get("/user/public_emails").expect(404, notFound(docs));
    });

    it("has the address that is shown, and no other", async () => {
      const alice = await owner();
      await alice.post("/user/emails").send([second.email]).expect(201);
      await alice.get("/user/public_emails").expect(200, []);
      await alice.patch("/user/email/visibility").send({ visibility: "public" }).expect(200);
      await alice.get("/user/public_emails").expect(200, [{ ...primary, visibility: "public" }]);
    });
  });
});
