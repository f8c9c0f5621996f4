import { describe, expect, it } from "@jest/globals";
import { Routes } from "../../src/http/path-router.ts";
import { choosePage, couldBePage, prefersHtml } from "../../src/pages/http/choose-page.ts";
import type { PageOperation } from "../../src/pages/http/context.ts";
import { pageOperations } from "../../src/pages/operations/index.ts";

const routes = new Routes<PageOperation>();
for (const each of pageOperations) routes.add(each.method, each.route, each);

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
type Headers = Record<string, string>;

/** Paths that a dialect has in this test. */
const KNOWN = /^\/(?:zen|meta|users|users\/mona|-\/docs|octocat|users\/7\/followers)$/;

function chosen(request: string, headers: Headers): string {
  const [method = "", url = ""] = request.split(" ");
  const head = { method, url, path: url.split("?")[0] ?? "", headers };
  if (!couldBePage(head)) return "dialect";
  return choosePage(routes, head, (_, path) => KNOWN.test(path))?.target.id ?? "dialect";
}

describe("which request gets a page", () => {
  it.each<[string, string]>([
    ["GET /", "pages/home"],
    ["HEAD /", "pages/home"],
    ["GET /login?to=/settings", "pages/sign-in"],
    ["GET /users/sign_in", "pages/sign-in-gitlab"],
    ["GET /mona", "pages/profile"],
    ["GET /octocat", "pages/profile"],
    ["GET /users/mona/followers", "pages/followers"],
    ["GET /users/7/following", "pages/following"],
    ["GET /settings/tokens", "pages/settings/tokens"],
    ["GET /zen", "pages/profile"],
    ["GET /users/mona", "dialect"],
    ["GET /-/docs", "dialect"],
    ["GET /nowhere/at/all", "pages/not-found"],
    ["GET /api/v3/nowhere", "dialect"],
    ["GET /api", "dialect"],
    ["PUT /user/following/mona", "dialect"],
    ["DELETE /settings", "dialect"],
  ])("in a browser: %s is %s", (request, page) => {
    expect(chosen(request, { accept: BROWSER })).toBe(page);
  });

  it.each<[string, Headers]>([
    ["without an Accept", {}],
    ["with */*", { accept: "*/*" }],
    ["with JSON", { accept: "application/json" }],
    ["with JSON before HTML", { accept: "application/vnd.github+json, text/html" }],
    ["with a bearer token", { accept: BROWSER, authorization: "Bearer x" }],
    ["with Basic credentials", { accept: BROWSER, authorization: "Basic eA==" }],
    ["with PRIVATE-TOKEN", { accept: BROWSER, "private-token": "x" }],
    ["with JOB-TOKEN", { accept: BROWSER, "job-token": "x" }],
  ])("%s every path is a dialect's, a cookie beside it or not", (_, headers) => {
    for (const path of ["/", "/mona", "/login", "/settings", "/users/mona/followers"]) {
      expect(chosen(`GET ${path}`, headers)).toBe("dialect");
      expect(chosen(`GET ${path}`, { ...headers, cookie: "followd_session=x" })).toBe("dialect");
    }
  });

  it.each(["private_token", "access_token", "job_token"])(
    "the parameter %s makes a request a dialect's",
    (name) => {
      expect(chosen(`GET /mona?${name}=x`, { accept: BROWSER })).toBe("dialect");
      expect(chosen(`GET /mona?tab=followers&${name}=x`, { accept: BROWSER })).toBe("dialect");
      expect(chosen(`GET /mona?x${name}=x`, { accept: BROWSER })).toBe("pages/profile");
    },
  );

  it("files about a user and files of pages need no Accept", () => {
    for (const headers of [{}, { accept: "*/*" }, { accept: BROWSER }] as Headers[]) {
      for (const ending of ["keys", "gpg", "png", "PNG"]) {
        expect(chosen(`GET /mona.${ending}`, headers)).toBe("pages/user-file");
      }
      expect(chosen("GET /-/assets/1/app.js", headers)).toBe("pages/asset");
    }
    expect(chosen("GET /mona.keys", { authorization: "token x" })).toBe("dialect");
    expect(chosen("GET /users/mona.keys", {})).toBe("dialect");
  });

  it("forms are the pages', and JSON that is posted never is", () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(chosen("POST /login", form)).toBe("pages/sign-in/try");
    expect(chosen("POST /logout", {})).toBe("pages/sign-out");
    expect(chosen("POST /-/people/mona/follow", form)).toBe("pages/follow");
    expect(chosen("POST /login", { ...form, authorization: "token x" })).toBe("dialect");
    expect(chosen("POST /login", { "content-type": "application/json" })).toBe("dialect");
    expect(chosen("POST /users/3/follow", form)).toBe("dialect");
    expect(chosen("POST /admin/users", form)).toBe("dialect");
  });

  it("no form of a page has a method and path that a document has", async () => {
    for (const name of ["dev", "github", "gitlab-v4", "instance"]) {
      const module: unknown = await import(`../../src/generated/${name}-document.ts`);
      const { document } = module as { document: { paths: Record<string, object> } };
      for (const [path, item] of Object.entries(document.paths)) {
        if (!("post" in item)) continue;
        const concrete = path.replace(/\{[^}]+\}/g, "x");
        expect(`${path}: ${routes.find("POST", concrete)?.target.id}`).toBe(`${path}: undefined`);
      }
    }
  });
});

describe("an Accept header", () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ["", false],
    ["*/*", false],
    ["text/*", false],
    ["text/html", true],
    ["TEXT/HTML;q=0.9, */*;q=0.8", true],
    ["application/xhtml+xml", true],
    ["text/html;q=0", false],
    ["application/json;q=0.5, text/html", true],
    ["application/json, text/html;q=0.9", false],
    ["text/html, application/json", false],
    ["application/vnd.github.v3+json, text/html;q=0.1", false],
  ])("%j prefers HTML: %j", (accept, prefers) => {
    expect(prefersHtml(accept)).toBe(prefers);
  });
});
