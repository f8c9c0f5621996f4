import { describe, expect, it } from "@jest/globals";
import { Asks } from "../../../scripts/stress/soak/requests.ts";
import { holds, type Sample, slope } from "../../../scripts/stress/soak/trend.ts";

const MEGABYTE = 2 ** 20;

/** Twenty samples of a server, each with what `change` says of it. */
const samples = (change: (step: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 20 }, (_, step) => ({
    ...{ requests: 10_000 * (step + 1), failed: 0, descriptors: 40 },
    ...{ heap: 50 * MEGABYTE, anonymous: 100 * MEGABYTE, log: MEGABYTE },
    ...change(step),
  }));

describe("a soak fails", () => {
  it.each([
    ["heap", (step: number) => ({ heap: (50 + 0.2 * step) * MEGABYTE })],
    ["memory", (step: number) => ({ anonymous: (100 + step) * MEGABYTE })],
    ["descriptors", (step: number) => ({ descriptors: 40 + step })],
    ["a log that is never cut", (step: number) => ({ log: 10 * step * MEGABYTE })],
    ["one wrong answer", (step: number) => ({ failed: step === 3 ? 1 : 0 })],
  ])("by growing %s", (_, change) => {
    expect(holds(samples(change))).toBe(false);
  });
});

describe("a soak", () => {
  it("holds where only its beginning grows, and everything else wavers", () => {
    const grows = (step: number) => ({
      heap: (50 + 5 * Math.min(step, 12) + (step % 2)) * MEGABYTE,
      anonymous: (100 + 10 * Math.min(step, 12)) * MEGABYTE,
    });
    expect(holds(samples(grows))).toBe(true);
    expect(holds(samples(() => ({ anonymous: Number.NaN, descriptors: Number.NaN })))).toBe(true);
  });

  it("tells a slope for 100,000 requests", () => {
    expect(
      slope(
        samples((step) => ({ heap: 7 * step })),
        ({ heap }) => heap,
      ),
    ).toBeCloseTo(70);
  });

  it("asks the same for the same seed, one in ten of them for a change", () => {
    const asked = (seed: number) => {
      const asks = new Asks(seed, { users: 100, tokens: ["t"] });
      return Array.from({ length: 10_000 }, () => asks.next());
    };
    expect(asked(7)).toEqual(asked(7));
    expect(asked(7)).not.toEqual(asked(8));
    const writes = asked(7).filter(
      ({ method, path }) => method !== "GET" && path !== "/api/graphql",
    );
    expect(writes.length / 10_000).toBeCloseTo(0.1, 1);
  });
});
