import { describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { bases, logins, stage } from "../support/stage.ts";

/** The addresses of a Link header by relation, in their order. */
function linksOf({ headers }: { headers: Record<string, string> }): Record<string, string> {
  const links = (headers.link ?? "").matchAll(/<([^>]*)>; rel="([^"]*)"/g);
  return Object.fromEntries([...links].map(([, url = "", rel = ""]) => [rel, url]));
}

describe.each(bases)("pages below %j", (base) => {
  const here = stage(base);
  let bob: User;
  let names: string[];

  async function follow(count: number) {
    bob = await here.user("bob");
    names = await here.fans(bob, count);
  }
  const list = (query = "") => here.anyone.get(`/users/bob/followers${query}`).expect(200);
  /** Where links point: to the number, which stays when the name changes. */
  const at = (query: string) => `${here.api}/user/${bob.id}/followers?${query}`;

  describe("GET /users/{username}/followers", () => {
    it("48: has thirty, and links to the next page and the last", async () => {
      await follow(65);
      const answer = await list();
      expect(logins(answer)).toEqual(names.slice(0, 30));
      expect(answer.headers.link).toBe(
        `<${at("page=2")}>; rel="next", <${at("page=3")}>; rel="last"`,
      );
    });

    it("49: links to prev, next, last and first, in this order", async () => {
      await follow(65);
      const second = await list("?page=2");
      expect(logins(second)).toEqual(names.slice(30, 60));
      expect(second.headers.link).toBe(
        `<${at("page=1")}>; rel="prev", <${at("page=3")}>; rel="next", ` +
          `<${at("page=3")}>; rel="last", <${at("page=1")}>; rel="first"`,
      );
      const third = await list("?page=3");
      expect(logins(third)).toEqual(names.slice(60));
      expect(third.headers.link).toBe(
        `<${at("page=2")}>; rel="prev", <${at("page=1")}>; rel="first"`,
      );
    });

    it("50: keeps the caller's parameters where they stood, and page last where it was not", async () => {
      await follow(65);
      const sized = await list("?per_page=50");
      expect(logins(sized)).toEqual(names.slice(0, 50));
      expect(linksOf(sized)).toEqual({
        next: at("per_page=50&page=2"),
        last: at("per_page=50&page=2"),
      });
      expect(linksOf(await list("?page=1&per_page=50"))).toEqual({
        next: at("page=2&per_page=50"),
        last: at("page=2&per_page=50"),
      });
      expect(linksOf(await list("?a=1&page=1&per_page=50&b=2")).next).toBe(
        at("a=1&page=2&per_page=50&b=2"),
      );
    });

    it("51: has a hundred at most, and echoes what was asked for", async () => {
      await follow(65);
      const whole = await list("?per_page=500");
      expect(logins(whole)).toEqual(names);
      expect(whole.headers).not.toHaveProperty("link");
      names.push(...(await here.fans(bob, 100, "more")));
      const part = await list("?per_page=500");
      expect(logins(part)).toEqual(names.slice(0, 100));
      expect(linksOf(part)).toEqual({
        next: at("per_page=500&page=2"),
        last: at("per_page=500&page=2"),
      });
    });

    it("52: takes what is no positive number for the usual one", async () => {
      await follow(65);
      for (const value of ["0", "-1", "abc", ""]) {
        const sized = await list(`?per_page=${value}`);
        expect(logins(sized)).toEqual(names.slice(0, 30));
        expect(linksOf(sized).next).toBe(at(`per_page=${value}&page=2`));
      }
      for (const value of ["0", "-1", "abc", ""]) {
        const first = await list(`?page=${value}`);
        expect(logins(first)).toEqual(names.slice(0, 30));
        expect(linksOf(first)).toEqual({ next: at("page=2"), last: at("page=3") });
      }
    });

    it("53: is empty past the end, and links back", async () => {
      await follow(65);
      for (const page of [4, 99, 2 ** 31, "9".repeat(30)]) {
        const answer = await list(`?page=${page}`);
        expect(answer.body).toEqual([]);
        expect(answer.headers.link).toBe(
          `<${at("page=3")}>; rel="prev", <${at("page=3")}>; rel="last", ` +
            `<${at("page=1")}>; rel="first"`,
        );
      }
    });

    it("54: links to nothing when one page has all", async () => {
      await follow(30);
      for (const query of ["", "?page=1", "?page=7", "?per_page=100"]) {
        expect((await list(query)).headers).not.toHaveProperty("link");
      }
      await here.fans(bob, 1, "one-more");
      expect((await list()).headers).toHaveProperty("link");
    });

    it("55: is complete and without doubles for those who follow the links as they are", async () => {
      await follow(65);
      const seen: string[] = [];
      let next: string | undefined = `${here.api}/users/bob/followers?per_page=20`;
      while (next !== undefined) {
        const answer: Response = await fetch(next, {
          headers: { "User-Agent": "followd-tests" },
          redirect: "error",
        });
        expect(answer.status).toBe(200);
        seen.push(...logins({ body: await answer.json() }));
        next = linksOf({ headers: { link: answer.headers.get("link") ?? "" } }).next;
      }
      expect(seen).toEqual(names);
    });

    it("57: carries parameters that it does not know, encoded", async () => {
      await follow(65);
      expect(linksOf(await list("?foo=a%20b"))).toEqual({
        next: at("foo=a%20b&page=2"),
        last: at("foo=a%20b&page=3"),
      });
      const hostile = await here.raw(
        `GET ${base}/users/bob/followers?q=<a>;"b"&page=1 HTTP/1.1`,
        `Host: ${new URL(here.world.url).host}`,
        "User-Agent: raw",
      );
      expect(hostile).toContain(`<${at("q=%3Ca%3E;%22b%22&page=2")}>; rel="next"`);
    });

    it("carries no more than a client takes, of parameters that it does not know", async () => {
      await follow(5);
      const short = `x=${"y".repeat(1900)}`;
      expect(linksOf(await list(`?${short}&per_page=2&page=2`)).next).toBe(
        at(`${short}&per_page=2&page=3`),
      );
      const long = `x=${"y".repeat(12_000)}`;
      const { headers } = await list(`?${long}&per_page=2&page=2&callback=`);
      expect(linksOf({ headers })).toEqual({
        prev: at("per_page=2&page=1&callback="),
        next: at("per_page=2&page=3&callback="),
        last: at("per_page=2&page=3&callback="),
        first: at("per_page=2&page=1&callback="),
      });
    });

    it("takes the last of repeated parameters, and links with one", async () => {
      await follow(65);
      const answer = await list("?page=1&per_page=10&page=2&per_page=20");
      expect(logins(answer)).toEqual(names.slice(20, 40));
      const next = new URL(linksOf(answer).next ?? "");
      expect(next.searchParams.getAll("page")).toEqual(["3"]);
      expect(next.searchParams.getAll("per_page").at(-1)).toBe("20");
    });

    it("answers sorted parameters alike, as octokit.rb sends them", async () => {
      await follow(65);
      const sorted = await list("?page=2&per_page=30");
      expect(sorted.text).toBe((await list("?per_page=30&page=2")).text);
      expect(linksOf(sorted).next).toBe(at("page=3&per_page=30"));
    });

    it("59: rows that come meanwhile never show a page's rows again", async () => {
      await follow(65);
      const seen = logins(await list());
      names.push(...(await here.fans(bob, 1, "late")));
      seen.push(...logins(await list("?page=2")), ...logins(await list("?page=3")));
      expect(seen).toEqual(names);
    });

    it("has the same links for the numeric twin", async () => {
      await follow(65);
      const answer = await here.anyone.get(`/user/${bob.id}/followers?page=2`).expect(200);
      expect(answer.headers.link).toBe((await list("?page=2")).headers.link);
      expect(logins(answer)).toEqual(names.slice(30, 60));
    });

    it("finds pages far inside a long list", async () => {
      await follow(1500);
      for (const page of [15, 1, 11, 6, 8]) {
        const answer = await list(`?per_page=100&page=${page}`);
        expect(logins(answer)).toEqual(names.slice((page - 1) * 100, page * 100));
      }
      const second = await here.as(await here.user("carol"), "user");
      const fan = names[700] ?? "";
      const asFan = await here.as(await here.named(fan), "user");
      await asFan.delete("/user/following/bob").expect(204);
      await second.put("/user/following/bob").expect(204);
      const now = [...names.filter((name) => name !== fan), "carol"];
      for (const page of [8, 15, 7]) {
        const answer = await list(`?per_page=100&page=${page}`);
        expect(logins(answer)).toEqual(now.slice((page - 1) * 100, page * 100));
      }
    });
  });

  describe("GET /users/{username}/following", () => {
    it("links to the numeric twin as well", async () => {
      await follow(1);
      // The list is in the order of the ids, so one user is made after the other.
      for (const name of ["a", "b", "c"]) await here.user(name);
      const asBob = await here.as(bob, "user");
      for (const name of ["a", "b", "c"]) await asBob.put(`/user/following/${name}`).expect(204);
      const answer = await here.anyone.get("/users/bob/following?per_page=2").expect(200);
      expect(logins(answer)).toEqual(["a", "b"]);
      expect(linksOf(answer).next).toBe(`${here.api}/user/${bob.id}/following?per_page=2&page=2`);
      const twin = await here.anyone.get(`/user/${bob.id}/following?per_page=2&page=2`);
      expect(logins(twin)).toEqual(["c"]);
    });
  });

  describe("GET /user/followers", () => {
    it("56: links to itself", async () => {
      await follow(65);
      const asBob = await here.as(bob);
      const answer = await asBob.get("/user/followers").expect(200);
      expect(answer.headers.link).toBe(
        `<${here.api}/user/followers?page=2>; rel="next", ` +
          `<${here.api}/user/followers?page=3>; rel="last"`,
      );
      const asFan = await here.as(await here.named("fan0"), "user");
      await asFan.put(`/user/following/${names[1]}`).expect(204);
      const following = await asFan.get("/user/following?per_page=1").expect(200);
      expect(linksOf(following).next).toBe(`${here.api}/user/following?per_page=1&page=2`);
    });
  });

  describe("GET /users", () => {
    it("58: links to what comes after the last id, and to its first page as a template", async () => {
      await follow(25);
      const first = await here.anyone.get("/users?per_page=10").expect(200);
      const { id } = first.body.at(-1);
      expect(first.headers.link).toBe(
        `<${here.api}/users?per_page=10&since=${id}>; rel="next", ` +
          `<${here.api}/users{?since}>; rel="first"`,
      );
      const second = await here.anyone.get(`/users?per_page=10&since=${id}`).expect(200);
      expect(logins(second)).toEqual(names.slice(9, 19));
      const { id: next } = second.body.at(-1);
      expect(linksOf(second).next).toBe(`${here.api}/users?per_page=10&since=${next}`);
      const third = await here.anyone.get(`/users?since=${next}&per_page=10`).expect(200);
      expect(logins(third)).toEqual(names.slice(19));
      expect(third.headers.link).toBe(`<${here.api}/users{?since}>; rel="first"`);
    });

    it("begins at the beginning when since is no number", async () => {
      await follow(2);
      for (const since of ["0", "-5", "abc", ""]) {
        const answer = await here.anyone.get(`/users?since=${since}`).expect(200);
        expect(logins(answer)).toEqual(["bob", ...names]);
      }
      await here.anyone.get("/users?since=999999999").expect(200, []);
    });
  });
});
