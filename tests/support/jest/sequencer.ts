import { createRequire } from "node:module";

interface Test {
  readonly path: string;
}
type Sequencer = new (options: object) => { sort(tests: Test[]): Test[] };

// It comes with jest.
const { default: JestSequencer } = createRequire(createRequire(import.meta.url).resolve("jest"))(
  "@jest/test-sequencer",
) as { default: Sequencer };

/**
 * The files that take longest, longest first. Without figures of an earlier run jest begins with
 * the largest files, and one worker would be left alone with a small file that asks a lot.
 */
const LONGEST = [
  ...["programs/pages/pages", "programs/docs-page", "programs/harnesses", "programs/npm/package"],
  ...["programs/client-walks", "programs/pages/story", "programs/stress/cost"],
  ...["programs/stress/crash", "auth-matrix/gitlab-v4", "cli/serve", "auth-matrix/github"],
  ...["server/tls", "cli/dev", "cache/warm-equals-cold", "http/differential", "cli/restore"],
  ...["server/server-lock", "cli/healthcheck", "server/data-directory", "cli/password"],
  ...["cli/json-output", "storage/sqlite/wal-checkpointer", "docs", "http/traps"],
];

const placeOf = ({ path }: Test): number => {
  const place = LONGEST.findIndex((name) => path.endsWith(`/tests/${name}.test.ts`));
  return place === -1 ? LONGEST.length : place;
};

/** Jest's own order behind the longest files, so that all workers end at about the same time. */
export default class LongestFirst extends JestSequencer {
  override sort(tests: Test[]): Test[] {
    return [...super.sort(tests)].sort((a, b) => placeOf(a) - placeOf(b));
  }
}
