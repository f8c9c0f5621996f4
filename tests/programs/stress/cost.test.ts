import { expect, it } from "@jest/globals";
import { costTargets, measureCosts } from "../../../scripts/stress/fuzz/cost-run.ts";
import { startTarget } from "../../../scripts/stress/fuzz/target.ts";

/** `npm run fuzz:cost` makes all of them, and holds them to 100 ms and 50 MB. */
const ONE_IN = 53;
/** CPU of the server's process alone, so that a busy machine changes little of it. */
const LIMITS = { cpuMs: 1000, bytes: 200 * 2 ** 20 };

const nameOf = ({ document, id }: { document: string; id: string }) => `${document} ${id}`;

it("no operation can be made to work for long by any request", async () => {
  const server = await startTarget();
  const targets = await costTargets("serve");
  const walked = new Set<string>();
  try {
    const { requests, complaints } = await measureCosts(server, targets, {
      limits: LIMITS,
      wanted: (target, _costly, number) => {
        const isWanted = number % ONE_IN === 0;
        if (isWanted) walked.add(nameOf(target));
        return isWanted;
      },
    });
    expect(complaints).toEqual([]);
    expect((await server.state()).errors).toEqual([]);
    expect(requests).toBeGreaterThan(100);
    for (const document of ["graph", "pages"]) {
      const names = targets.filter((each) => each.document === document).map(nameOf);
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name) => !walked.has(name))).toEqual([]);
    }
  } finally {
    await server.stop();
  }
});
