import { describe, expect, it } from "@jest/globals";
import { type Answer, description, violationsOf } from "../support/official.ts";
import { stage } from "../support/stage.ts";

const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
);
const example = (path: string) => path.replace(/\{[^}]+\}/g, "7");
const json = "application/json; charset=utf-8";

const answer = (more: Partial<Answer>): Answer => ({
  method: "GET",
  path: "/users/bob/followers",
  status: 200,
  contentType: json,
  body: "[]",
  ...more,
});

describe("the vendor's description, as tests are held to it", () => {
  it.each(operations)("refuses a wrong answer of $method $path", ({ method, path, operation }) => {
    const [status = ""] = Object.keys(operation.responses);
    const wrong = answer({ method: method.toUpperCase(), path: example(path) });
    // 7 is neither of the JSON types that any operation answers with, nor an empty body.
    expect(violationsOf({ ...wrong, status: Number(status), body: "7" })).not.toEqual([]);
    expect(violationsOf({ ...wrong, status: 299 })).not.toEqual([]);
    expect(violationsOf({ ...wrong, status: 404, body: '{"error":"x"}' })).not.toEqual([]);
  });

  it("takes a fixed segment before a parameter", () => {
    expect(violationsOf(answer({ path: "/user/followers?page=2" }))).toEqual([]);
    expect(violationsOf(answer({ path: "/user/7" }))).not.toEqual([]);
  });

  it("holds the numeric twins to what their originals answer", () => {
    expect(violationsOf(answer({ path: "/user/7/followers" }))).toEqual([]);
    expect(violationsOf(answer({ path: "/user/7/followers", body: "[7]" }))).not.toEqual([]);
  });

  it("has no opinion on paths of other people", () => {
    expect(violationsOf(answer({ path: "/-/health", body: "7" }))).toEqual([]);
  });
});

describe("a real answer", () => {
  const here = stage();

  it("is reported when a member is wrong, missing or too many", async () => {
    await here.user("bob");
    const { body } = await here.anyone.get("/users/bob").expect(200);
    const about = (change: object) =>
      violationsOf(answer({ path: "/users/bob", body: JSON.stringify({ ...body, ...change }) }));
    expect(about({})).toEqual([]);
    // JSON has null where the description allows it, and only there.
    expect(body.company).toBeNull();
    expect(about({ login: null })).toContainEqual(expect.stringMatching(/\/login must be string/));
    expect(about({ followers: "1" })).not.toEqual([]);
    expect(about({ url: "no address" })).toContainEqual(expect.stringMatching(/\/url must match/));
    expect(about({ spare: 1 })).toContainEqual(expect.stringMatching(/additional properties/));
    expect(about({ login: undefined })).toContainEqual(expect.stringMatching(/'login'/));
  });

  it("fails the test that saw it", async () => {
    here.world.violations.push(...violationsOf(answer({ body: "{}" })));
    expect(() => here.world.check()).toThrow("GET /users/bob/followers 200:  must be array");
  });
});
