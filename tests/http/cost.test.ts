import { expect, it } from "@jest/globals";
import { costTargets, measureCosts } from "../../scripts/stress/fuzz/cost-run.ts";
import { startTarget } from "../../scripts/stress/fuzz/target.ts";

/** `npm run fuzz:cost` makes all of them, and holds them to 100 ms and 50 MB. */
const ONE_IN = 53;
/** CPU of the server's process alone, so that a busy machine changes little of it. */
const LIMITS = { cpuMs: 1000, bytes: 200 * 2 ** 20 };

it("no operation can be made to work for long by any request", async () => {
  const server = await startTarget();
  try {
    const { requests, complaints } = await measureCosts(server, await costTargets("serve"), {
      limits: LIMITS,
      wanted: (_target, _costly, number) => number % ONE_IN === 0,
    });
    expect(complaints).toEqual([]);
    expect((await server.state()).errors).toEqual([]);
    expect(requests).toBeGreaterThan(100);
  } finally {
    await server.stop();
  }
});
