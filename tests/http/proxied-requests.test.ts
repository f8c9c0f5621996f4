import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { world } from "../support/server.ts";

type World = Awaited<ReturnType<typeof world>>;

const GIVEN = "9f86d081884c7d659a2feaa0c55ad015";
const FORWARDED = { "x-forwarded-for": "198.51.100.9", "x-request-id": GIVEN };

let behind: World;
let direct: World;
beforeAll(async () => {
  const config = { accessLog: true };
  behind = await world({ config: { ...config, trustedProxies: ["loopback"] } });
  direct = await world({ config });
});
afterAll(async () => {
  await behind.close();
  await direct.close();
});

/** Asks, and waits for the line that is logged of it. */
async function logged(
  { url, log }: World,
  path: string,
  headers: Record<string, string>,
  method = "GET",
) {
  const seen = log.length;
  const answer = await fetch(url + path, { headers, method });
  await answer.text();
  const line = await eventually(() => log.slice(seen).find((each) => each.includes('"request"')));
  return { answer, line: JSON.parse(line) as Record<"id" | "address" | "agent", string> };
}

describe("a request through a proxy", () => {
  it.each([
    ["/api/v3/users/x", "x-github-request-id"],
    ["/api/v4/users?username=x", "x-request-id"],
    ["/-/health", "x-request-id"],
  ])("keeps its id and its caller's address at %s", async (path, header) => {
    const { answer, line } = await logged(behind, path, { ...FORWARDED, "user-agent": "probe/1" });
    expect(answer.headers.get(header)).toBe(GIVEN);
    expect(line).toMatchObject({ id: GIVEN, address: "198.51.100.9", agent: "probe/1" });
  });

  it("has neither from a proxy that is not trusted", async () => {
    const { answer, line } = await logged(direct, "/-/health", FORWARDED);
    expect(answer.headers.get("x-request-id")).not.toBe(GIVEN);
    expect(line.address).toMatch(/^(::ffff:)?127\.0\.0\.1$/);
  });

  it.each([
    ["short", "1234567"],
    ["long", "a".repeat(129)],
    ["quoted", '12345678"}'],
    ["with a blank", "1234 5678"],
    ["a markup", "<b>12345678</b>"],
  ])("gets a new id where the one given is %s", async (_, given) => {
    const { answer, line } = await logged(behind, "/api/v4/version", { "x-request-id": given });
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    expect(line.id).toBe(answer.headers.get("x-request-id"));
  });

  it("has a line with its own caller, agent and method after those of others", async () => {
    const addresses = ["198.51.100.9", "198.51.100.10", "2001:db8::1"];
    const agents = ["probe/1", 'a "quoted" \\ agent', "\u00fcber/2", "probe/1"];
    for (const address of [...addresses, ...addresses]) {
      for (const agent of agents) {
        for (const method of ["GET", "HEAD"]) {
          const headers = { "x-forwarded-for": address, "user-agent": agent };
          const { line } = await logged(behind, "/api/v4/version", headers, method);
          expect(line).toMatchObject({ address, agent, method, path: "/api/v4/version" });
        }
      }
    }
  });

  it("fills no log with its user agent", async () => {
    const { line } = await logged(direct, "/-/health", { "user-agent": "x".repeat(5000) });
    expect(line.agent).toBe("x".repeat(256));
  });
});
