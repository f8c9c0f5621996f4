import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { renew } from "../../../scripts/stress/fuzz/accounts.ts";
import { isGitLabRefusal } from "../../../scripts/stress/fuzz/answers.ts";
import { flood } from "../../../scripts/stress/fuzz/flood.ts";
import { KINDS } from "../../../scripts/stress/fuzz/requests.ts";
import { type World, world } from "../../support/server.ts";

/** `npm run fuzz` sends a million, to a server of its own. */
const REQUESTS = Number(process.env.FLOOD ?? 8_000);
const ERROR_LEVEL = 50;
/** What the second half may leave of 8,000: a new process fills its caches by 30 MB, then 7, then 1.3 each 2,000. */
const GROWTH_BYTES = 5 * 2 ** 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

let here: World;
beforeAll(async () => {
  here = await world({ config: { accessLog: false, lookupLimit: 0 }, isDescribed: false });
});
afterAll(() => here.close());

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const run = (seed: number, requests: number) =>
  flood({ url: here.url, seed, requests, renew: () => renew(here.store) });

it(`${REQUESTS} requests are all answered, tell nothing and leave nothing behind`, async () => {
  const half = Math.ceil(REQUESTS / 2);
  const first = await run(1, half);
  const before = heapUsed();
  const rest = await run(2, REQUESTS - half);
  const errors = here.log.filter((line) => line.includes(`"level":${ERROR_LEVEL}`));
  here.log.length = 0;
  const grown = heapUsed() - before;
  expect([...first.complaints, ...rest.complaints].slice(0, 5)).toEqual([]);
  expect(errors.slice(0, 3)).toEqual([]);
  expect([...rest.counts.keys()].sort()).toEqual([...KINDS].sort());
  // A flood in which everything is refused would show nothing.
  const good = [200, 201, 202, 204].map((status) => rest.counts.get("valid")?.get(status) ?? 0);
  expect(Math.min(...good)).toBeGreaterThan(0);
  expect(grown).toBeLessThan(GROWTH_BYTES);
});

describe("what a flood takes for a refusal of GitLab's", () => {
  it.each([
    ['{"message":"404 Not found"}', true],
    ['{"message":{"email":["is invalid"]}}', true],
    ['{"error":"id is invalid"}', true],
    ['{"error":"insufficient_scope","error_description":"x","scope":"api"}', true],
    ['{"message":"x","error":"y"}', false],
    ['{"message":"x","stack":"y"}', false],
    ['{"message":"Not Found","documentation_url":"x","status":"404"}', false],
    ["[]", false],
    ["x", false],
  ])("%s: %p", (text, is) => {
    expect(isGitLabRefusal(text)).toBe(is);
  });
});
