import { describe, expect, it } from "@jest/globals";
import { Doorkeeper, hashOf } from "../../src/cache/doorkeeper.ts";

describe("a doorkeeper", () => {
  it("takes few new keys for others", () => {
    const doorkeeper = new Doorkeeper(512);
    const keys = Array.from({ length: 20_000 }, (_, number) => `/users/${number}/followers`);
    const mistaken = keys.filter((key) => doorkeeper.hasSeen(hashOf(key)));
    expect(mistaken.length).toBeLessThan(keys.length / 15);
  });

  it("forgets none of the latest keys, however often all of them come in turn", () => {
    const doorkeeper = new Doorkeeper(2 ** 14);
    const ids = Array.from({ length: 2 ** 14 }, (_, place) => place * 64 + 1);
    for (const id of ids) doorkeeper.hasSeen(id);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(ids.filter((id) => !doorkeeper.hasSeen(id))).toEqual([]);
    }
  });

  it("forgets a key that has not come for twice as many others", () => {
    const doorkeeper = new Doorkeeper(512);
    const isKnownLater = (first: number) => {
      doorkeeper.hasSeen(hashOf(`mona ${first}`));
      for (let number = 0; number < 1200; number += 1) {
        doorkeeper.hasSeen(hashOf(`${first} ${number}`));
      }
      return doorkeeper.hasSeen(hashOf(`mona ${first}`));
    };
    const known = Array.from({ length: 100 }, (_, first) => first).filter(isKnownLater);
    expect(known.length).toBeLessThan(15);
  });
});
