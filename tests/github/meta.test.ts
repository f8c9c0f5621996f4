import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { bases, notFound, stage } from "../support/stage.ts";

describe.each(bases)("what the server says about itself below %j", (base) => {
  const here = stage(base);

  describe("GET /", () => {
    it("85: has the address of everything, and shows tokens their scopes", async () => {
      const alice = await here.as(await here.user("alice"), "repo", "read:org", "gist");
      for (const path of ["", "/"]) {
        const { body, headers } = await alice.get(path).expect(200);
        expect(headers["x-oauth-scopes"]).toBe("gist, read:org, repo");
        expect(headers["x-accepted-oauth-scopes"]).toBe("");
        expect(Object.keys(body)).toHaveLength(33);
        expect(body).toMatchObject({
          current_user_url: `${here.api}/user`,
          current_user_authorizations_html_url: `${here.world.url}/settings/connections/applications{/client_id}`,
          emails_url: `${here.api}/user/emails`,
          followers_url: `${here.api}/user/followers`,
          following_url: `${here.api}/user/following{/target}`,
          keys_url: `${here.api}/user/keys`,
          rate_limit_url: `${here.api}/rate_limit`,
          user_url: `${here.api}/users/{user}`,
          user_search_url: `${here.api}/search/users?q={query}{&page,per_page,sort,order}`,
        });
        const { current_user_authorizations_html_url: _, ...others } = body;
        for (const url of Object.values<string>(others)) {
          expect(url.startsWith(`${here.api}/`)).toBe(true);
          expect(url.includes("/api/v3/")).toBe(base !== "");
        }
      }
      const { headers } = await here.anyone.get("/").expect(200);
      expect(headers).not.toHaveProperty("x-oauth-scopes");
    });
  });

  describe("GET /meta", () => {
    it("86: has the version of the server, which headers have, too", async () => {
      const { body, headers } = await here.anyone.get("/meta").expect(200);
      expect(body.installed_version).toBe("3.15.0");
      expect(body.installed_version).toBe(headers["x-github-enterprise-version"]);
      expect(body.verifiable_password_authentication).toBe(false);
    });
  });

  describe("GET /zen", () => {
    it("87: is a sentence in plain text", async () => {
      const { text, headers } = await here.anyone.get("/zen").expect(200);
      expect(headers["content-type"]).toBe("text/plain;charset=utf-8");
      expect(text).toMatch(/^[A-Z][^\n]{3,}\.$/);
    });
  });

  describe("GET /octocat", () => {
    const picture = async (query = "") => {
      const asked = here.anyone.get(`/octocat${query}`).buffer(true);
      const { text, headers } = await asked.expect(200);
      expect(headers["content-type"]).toBe("application/octocat-stream");
      return text;
    };

    it("87: is a picture made of letters", async () => {
      expect((await picture()).split("\n").length).toBeGreaterThan(5);
    });

    it("says what it is told, and nothing that moves a terminal's cursor", async () => {
      expect(await picture("?s=Hello+you")).toContain("| Hello you |");
      expect(await picture("?s=%1b%5b2J%00")).toContain("|  [2J  |");
      expect(await picture("?s=ü%E2%9C%93")).toContain("| ü✓ |");
      expect((await picture(`?s=${"x".repeat(5000)}`)).length).toBeLessThan(1000);
    });
  });

  describe("GET /versions", () => {
    it("is github.com's alone, which has no prefix", async () => {
      if (base === "") {
        await here.anyone.get("/versions").expect(200, ["2022-11-28"]);
        return;
      }
      const { headers } = await here.anyone.get("/versions").expect(404, notFound());
      expect(headers).not.toHaveProperty("x-github-api-version-selected");
      await here.anyone
        .get("/versions")
        .set("Authorization", "token wrong")
        .expect(404, notFound());
    });
  });
});

describe.each(bases)("a server in private mode below %j", (base) => {
  const here = stage(base, { config: { privateMode: true } });

  it("86: is known by its request ids even to those whom it tells nothing", async () => {
    const { headers } = await here.anyone.head(`/meta?ghd=${randomUUID()}`).expect(401);
    expect(headers["x-github-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-github-enterprise-version"]).toBe("3.15.0");
  });
});

describe("a server that speaks an older version", () => {
  const here = stage("/api/v3", { config: { githubVersion: "3.16.7" } });

  it("says so in headers, in /meta and in where it sends its readers", async () => {
    const { body, headers } = await here.anyone.get("/meta").expect(200);
    expect(headers["x-github-enterprise-version"]).toBe("3.16.7");
    expect(body.installed_version).toBe("3.16.7");
    const older = (value: { documentation_url: string }) => ({
      ...value,
      documentation_url: value.documentation_url.replace("@3.15/", "@3.16/"),
    });
    await here.anyone.get("/users/x").expect(404, older(notFound("users/users#get-a-user")));
    await here.anyone.get("/x").expect(404, older(notFound()));
  });
});

describe("a server whose root is not GitHub's", () => {
  const here = stage("", { config: { githubRoot: false } });

  it("answers below the prefix alone", async () => {
    await here.user("bob");
    await here.anyone.get("/api/v3/users/bob").expect(200);
    const { headers } = await here.anyone.get("/users/bob").expect(404);
    expect(headers).not.toHaveProperty("x-github-request-id");
  });
});
