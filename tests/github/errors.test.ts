import { describe, expect, it, jest } from "@jest/globals";
import { DomainError, type Kind } from "../../src/domain/errors.ts";
import { refusalOf } from "../../src/github/http/render-error.ts";
import { UnavailableError } from "../../src/storage/errors.ts";
import { bases, refusal, stage } from "../support/stage.ts";

describe("what went wrong among people", () => {
  /** Every kind that there is: one without a line here does not compile. */
  const statuses: Record<Kind, number> = {
    "not-found": 404,
    unauthenticated: 401,
    forbidden: 403,
    invalid: 422,
    conflict: 422,
    unavailable: 503,
  };

  it.each(Object.entries(statuses))("%s is told as %i", (kind, status) => {
    const inner = new DomainError(kind as Kind, "select * from users");
    const told = refusalOf(inner, undefined as never);
    expect(told.status).toBe(status);
    expect(told.message).not.toContain("select");
  });
});

describe.each(["", "/api"])("GraphQL's address with a slash at its end, below %j", (base) => {
  const server = stage(base);

  it("is a 404 that sends its reader to GraphQL's documentation", async () => {
    const documentation_url = "https://docs.github.com/enterprise-server@3.15/graphql";
    const body = { ...refusal(404, "Not Found"), documentation_url };
    await server.anyone.post("/graphql/").send({ query: "{viewer{login}}" }).expect(404, body);
    await server.anyone.get("/graphql/").expect(404, body);
  });
});

describe.each(bases)("a fault of the server below %j", (base) => {
  const here = stage(base);

  /** Asks while something inside breaks with this error. */
  async function askDuring(error: Error) {
    await here.user("bob");
    const broken = jest.spyOn(here.store.profileVersions, "of").mockImplementation(() => {
      throw error;
    });
    const answer = await here.anyone.get("/users/bob/followers");
    broken.mockRestore();
    await here.anyone.get("/users/bob/followers").expect(200);
    return answer;
  }

  it("is answered without its cause, which is logged with the request's id", async () => {
    const { status, body, headers } = await askDuring(new Error("a secret of ours"));
    expect(status).toBe(500);
    expect(body).toEqual(refusal(500, "Server Error"));
    expect(headers["access-control-allow-origin"]).toBe("*");
    const line = here.world.log.find((each) => each.includes("a secret of ours"));
    const id = headers["x-github-request-id"];
    expect(JSON.parse(line ?? "{}")).toMatchObject({ id, level: 50 });
  });

  it("is a 503 when the database can't be used", async () => {
    const locked = new UnavailableError("database is locked");
    const { status, body } = await askDuring(locked);
    expect(status).toBe(503);
    expect(body).toEqual(refusal(503, "Service Unavailable"));
  });
});
