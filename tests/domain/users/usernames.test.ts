import { describe, expect, it } from "@jest/globals";
import { isReservedUsername } from "../../../src/domain/users/usernames.ts";

describe("reserved usernames", () => {
  it("hold the first segment of every path at the root", async () => {
    const paths: string[] = [];
    for (const name of ["dev", "github", "gitlab-v4", "instance"]) {
      const module: unknown = await import(`../../../src/generated/${name}-document.ts`);
      const { document } = module as { document: { paths: object } };
      paths.push(...Object.keys(document.paths));
    }
    const segments = new Set(paths.map((path) => path.split("/")[1] ?? ""));
    expect(segments.size).toBeGreaterThan(15);
    // GitHub's own example user: a browser gets the profile, everything else the drawing.
    const free = [...segments].filter((segment) => !isReservedUsername(segment));
    expect(free.filter((segment) => segment !== "")).toEqual(["octocat"]);
  });

  it.each(["Login", "settings", "ADMIN", "search", "logout", "mona.keys", "mona.gpg", "mona.PNG"])(
    "hold %s",
    (name) => {
      expect(isReservedUsername(name)).toBe(true);
    },
  );

  it.each(["mona", "keys.mona", "admin2", "the-api"])("leave %s free", (name) => {
    expect(isReservedUsername(name)).toBe(false);
  });
});
