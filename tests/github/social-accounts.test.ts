import { describe, expect, it } from "@jest/globals";
import { notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/social-accounts#${name}`;
const ADD = page("add-social-accounts-for-the-authenticated-user");
const DELETE = page("delete-social-accounts-for-the-authenticated-user");
const OF_USER = page("list-social-accounts-for-a-user");

const PATH = "/user/social_accounts";
const TWITTER = { provider: "twitter", url: "https://twitter.com/github" };
const LINKEDIN = { provider: "linkedin", url: "https://www.linkedin.com/company/github/" };
const BLOG = { provider: "generic", url: "https://blog.example.test/mona?a=b" };

const urls = (...accounts: { url: string }[]) => ({ account_urls: accounts.map(({ url }) => url) });

describe("social accounts", () => {
  const server = stage("/api/v3");
  const user = async (name: string, ...scopes: string[]) =>
    server.as(await server.user(name), ...scopes);

  describe("POST /user/social_accounts", () => {
    it("is a 404 without the scope user", async () => {
      const alice = await user("alice", "read:user");
      await alice.post(PATH).send(urls(TWITTER)).expect(404, notFound(ADD));
    });

    it("refuses a body without addresses, and addresses that are none", async () => {
      const alice = await user("alice", "user");
      const message = 'Invalid request.\n\n"account_urls" wasn\'t supplied.';
      await alice
        .post(PATH)
        .send({})
        .expect(422, refusal(422, message, ADD));
      for (const url of ["", "github", "javascript:alert(1)", "https://", "https://a b.example"]) {
        const sent = alice.post(PATH).send({ account_urls: [TWITTER.url, url] });
        expect((await sent.expect(422)).body.errors).toMatchObject([
          { resource: "SocialAccount", field: "account_urls", code: "invalid" },
        ]);
      }
      await alice.get(PATH).expect(200, []);
    });

    it("refuses a fifth account, and adds none of its request", async () => {
      const alice = await user("alice", "user");
      const numbered = (number: number) => ({ url: `https://${number}.example.test/alice` });
      await alice
        .post(PATH)
        .send(urls(...[1, 2, 3].map(numbered)))
        .expect(201);
      await alice
        .post(PATH)
        .send(urls(numbered(4), numbered(5)))
        .expect(422);
      expect((await alice.get(PATH).expect(200)).body).toHaveLength(3);
    });

    it("answers 201 with the accounts that are new, and knows whose sites they are", async () => {
      const alice = await user("alice", "user");
      await alice.post(PATH).send(urls(TWITTER)).expect(201, [TWITTER]);
      await alice.post(PATH).send(urls(TWITTER, LINKEDIN)).expect(201, [LINKEDIN]);
      await alice.get(PATH).expect(200, [TWITTER, LINKEDIN]);
    });
  });

  describe("GET /user/social_accounts", () => {
    it.each([
      ["https://x.com/mona", "twitter"],
      ["https://www.facebook.com/GitHub", "facebook"],
      ["https://www.youtube.com/@GitHub", "youtube"],
      ["https://www.instagram.com/github", "instagram"],
      ["https://www.reddit.com/user/mona", "reddit"],
      ["https://www.twitch.tv/mona", "twitch"],
      ["https://www.npmjs.com/~mona", "npm"],
      ["https://bsky.app/profile/mona.example", "bluesky"],
      ["https://mastodon.social/@mona", "mastodon"],
      ["https://twitter.com.example.test/mona", "generic"],
    ])("names the provider of %s: %s", async (url, provider) => {
      const alice = await user("alice", "user");
      await alice.post(PATH).send(urls({ url })).expect(201);
      await alice.get(PATH).expect(200, [{ provider, url }]);
    });

    it("lists page by page", async () => {
      const alice = await user("alice", "user");
      await alice
        .post(PATH)
        .send(urls(TWITTER, LINKEDIN, BLOG))
        .expect(201);
      await alice.get(`${PATH}?per_page=2&page=2`).expect(200, [BLOG]);
    });
  });

  describe("DELETE /user/social_accounts", () => {
    it("is a 404 for an account that the profile does not have, and deletes nothing", async () => {
      const alice = await user("alice", "user");
      await alice.post(PATH).send(urls(TWITTER)).expect(201);
      await alice.delete(PATH).send(urls(TWITTER, BLOG)).expect(404, notFound(DELETE));
      await alice.get(PATH).expect(200, [TWITTER]);
    });

    it("answers 204 and deletes the accounts named", async () => {
      const alice = await user("alice", "user");
      await alice
        .post(PATH)
        .send(urls(TWITTER, LINKEDIN, BLOG))
        .expect(201);
      await alice.delete(PATH).send(urls(TWITTER, BLOG)).expect(204);
      await alice.get(PATH).expect(200, [LINKEDIN]);
    });
  });

  describe("GET /users/{username}/social_accounts", () => {
    it("answers 404 for an unknown user", async () => {
      await server.anyone.get("/users/missing/social_accounts").expect(404, notFound(OF_USER));
    });

    it("shows a user's accounts to everyone", async () => {
      const alice = await user("alice", "user");
      await alice.post(PATH).send(urls(LINKEDIN)).expect(201);
      await server.anyone.get("/users/ALICE/social_accounts").expect(200, [LINKEDIN]);
      await server.user("bob");
      await server.anyone.get("/users/bob/social_accounts").expect(200, []);
    });
  });
});
