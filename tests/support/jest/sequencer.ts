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
  ...["auth-matrix/gitlab-v4", "auth-matrix/github", "http/differential", "server/tls"],
  ...["cli/serve", "cache/warm-equals-cold", "http/traps", "domain/access", "cli/doctor"],
  ...["auth-matrix/mass-assignment", "auth-matrix/instance", "gitlab-v4/pagination"],
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
