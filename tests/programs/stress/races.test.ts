import { describe, expect, it } from "@jest/globals";
import { explained } from "../../../scripts/stress/races/history.ts";
import type { Kind, TimedOperation } from "../../../scripts/stress/races/model.ts";
import { race } from "../../../scripts/stress/races/race.ts";

const REQUESTS = Number(process.env.RACES ?? 10_000);

/** An operation that takes as long as the distance between two whole numbers. */
const operation = (
  kind: Kind,
  by: 0 | 1,
  from: number,
  to: number,
  answer: number,
): TimedOperation => ({
  ...{ kind, by, from, to, answer },
});

describe("the search for an order", () => {
  const isExplained = (...operations: TimedOperation[]) =>
    explained(operations) === operations.length;

  it("refuses what cannot have been", () => {
    const followed = operation("github follow", 0, 0, 1, 204);
    const refused: TimedOperation[][] = [
      [operation("github check", 0, 0, 1, 204)],
      [followed, operation("github check", 0, 2, 3, 404)],
      [followed, operation("gitlab follow", 0, 2, 3, 201)],
      [operation("gitlab follow", 0, 0, 1, 304)],
      [operation("gitlab unfollow", 0, 0, 1, 201)],
      [followed, operation("gitlab unfollow", 0, 2, 3, 304)],
      // Two at once can't both be the one that made the follow.
      [operation("gitlab follow", 0, 0, 9, 201), operation("gitlab follow", 0, 1, 8, 201)],
      [followed, operation("block", 1, 2, 3, 204), operation("github check", 0, 4, 5, 204)],
      [operation("block", 1, 0, 1, 204), operation("gitlab follow", 0, 2, 3, 201)],
      [
        operation("block", 1, 0, 1, 204),
        operation("github follow", 0, 2, 3, 204),
        operation("read", 0, 4, 4, 1),
      ],
      [followed, operation("delete", 1, 2, 3, 204), operation("read", 0, 4, 4, 1)],
      // A user is not let in once the one who deleted them has been told so.
      [operation("delete", 0, 0, 1, 204), operation("github follow", 0, 2, 3, 204)],
      [followed, operation("read", 0, 2, 2, 0)],
      [operation("github follow", 0, 0, 1, 500)],
    ];
    for (const operations of refused)
      expect({ operations, is: isExplained(...operations) }).toEqual({ operations, is: false });
  });

  it("finds the order in which it was", () => {
    expect(
      isExplained(
        operation("github check", 0, 0, 9, 204),
        operation("gitlab follow", 0, 1, 8, 201),
        operation("gitlab unfollow", 0, 1, 8, 201),
        operation("read", 0, 10, 10, 0),
      ),
    ).toBe(true);
    // Each of the two follows; one of them alone is blocked away while the other asks.
    expect(
      isExplained(
        operation("gitlab follow", 1, 0, 1, 201),
        operation("gitlab follow", 0, 2, 9, 304),
        operation("block", 1, 3, 4, 204),
        operation("read", 1, 10, 10, 2),
        operation("read", 0, 10, 10, 0),
      ),
    ).toBe(true);
    expect(
      isExplained(
        operation("delete", 1, 0, 5, 204),
        operation("github follow", 0, 1, 2, 204),
        operation("gitlab follow", 0, 3, 9, 304),
        operation("gitlab follow", 0, 6, 9, 404),
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
