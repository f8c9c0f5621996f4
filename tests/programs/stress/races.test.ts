import { describe, expect, it } from "@jest/globals";
import { explained } from "../../../scripts/stress/races/history.ts";
import type { Deed, Kind } from "../../../scripts/stress/races/model.ts";
import { race } from "../../../scripts/stress/races/race.ts";

const REQUESTS = Number(process.env.RACES ?? 10_000);

/** A deed that takes as long as the distance between two whole numbers. */
const deed = (kind: Kind, by: 0 | 1, from: number, to: number, answer: number): Deed => ({
  ...{ kind, by, from, to, answer },
});

describe("the search for an order", () => {
  const isExplained = (...deeds: Deed[]) => explained(deeds) === deeds.length;

  it("refuses what cannot have been", () => {
    const followed = deed("github follow", 0, 0, 1, 204);
    const refused: Deed[][] = [
      [deed("github check", 0, 0, 1, 204)],
      [followed, deed("github check", 0, 2, 3, 404)],
      [followed, deed("gitlab follow", 0, 2, 3, 201)],
      [deed("gitlab follow", 0, 0, 1, 304)],
      [deed("gitlab unfollow", 0, 0, 1, 201)],
      [followed, deed("gitlab unfollow", 0, 2, 3, 304)],
      // Two at once can't both be the one that made the follow.
      [deed("gitlab follow", 0, 0, 9, 201), deed("gitlab follow", 0, 1, 8, 201)],
      [followed, deed("block", 1, 2, 3, 204), deed("github check", 0, 4, 5, 204)],
      [deed("block", 1, 0, 1, 204), deed("gitlab follow", 0, 2, 3, 201)],
      [deed("block", 1, 0, 1, 204), deed("github follow", 0, 2, 3, 204), deed("read", 0, 4, 4, 1)],
      [followed, deed("delete", 1, 2, 3, 204), deed("read", 0, 4, 4, 1)],
      // A user is not let in once the one who deleted them has been told so.
      [deed("delete", 0, 0, 1, 204), deed("github follow", 0, 2, 3, 204)],
      [followed, deed("read", 0, 2, 2, 0)],
      [deed("github follow", 0, 0, 1, 500)],
    ];
    for (const deeds of refused)
      expect({ deeds, is: isExplained(...deeds) }).toEqual({ deeds, is: false });
  });

  it("finds the order in which it was", () => {
    expect(
      isExplained(
        deed("github check", 0, 0, 9, 204),
        deed("gitlab follow", 0, 1, 8, 201),
        deed("gitlab unfollow", 0, 1, 8, 201),
        deed("read", 0, 10, 10, 0),
      ),
    ).toBe(true);
    // Each of the two follows; one of them alone is blocked away while the other asks.
    expect(
      isExplained(
        deed("gitlab follow", 1, 0, 1, 201),
        deed("gitlab follow", 0, 2, 9, 304),
        deed("block", 1, 3, 4, 204),
        deed("read", 1, 10, 10, 2),
        deed("read", 0, 10, 10, 0),
      ),
    ).toBe(true);
    expect(
      isExplained(
        deed("delete", 1, 0, 5, 204),
        deed("github follow", 0, 1, 2, 204),
        deed("gitlab follow", 0, 3, 9, 304),
        deed("gitlab follow", 0, 6, 9, 404),
      ),
    ).toBe(true);
  });
});

it(`${REQUESTS} changes at once, and imports beside them, leave nothing that cannot have been`, async () => {
  const { problems, answers } = await race({ requests: REQUESTS, seed: 1, users: 50, imports: 3 });
  expect(problems).toEqual([]);
  // A race in which nothing met would show nothing.
  for (const met of ["gitlab follow 304", "gitlab follow 201", "block 204", "delete 204"]) {
    expect(answers.get(met)).toBeGreaterThan(0);
  }
}, 300_000);
