import { asker, type BenchServers, type Measure } from "./measure.ts";
import { CELEBRITY } from "./seed.ts";

const HOT = `/api/v3/users/${CELEBRITY}/followers`;
const HOT_PAGES = 20;
const MANY = "1000000000";

/**
 * The hot list and the check under settings other than the default, and without what costs time.
 * What they are held against is served by default, and was asked for nothing else either: code that
 * has met less is faster.
 */
export async function switchMeasures({ seeded, program }: BenchServers): Promise<Measure[]> {
  const known = asker({ Authorization: `token ${seeded.token}` });
  const check = () => [known(`/api/v3/user/following/${CELEBRITY}`)];
  const walk = (get: typeof known) => () =>
    Array.from({ length: HOT_PAGES }, (_, at) => get(`${HOT}?page=${at + 1}`));
  const served = await program();
  const quiet = await program(["--no-access-log"]);
  const uncounted = await program([], "servers/without-metrics.ts");
  const limited = await program(["--rate-limit", MANY, "--rate-limit-anonymous", MANY]);
  const closed = await program(["--private-mode"]);
  const secure = await program(["--tls", "local"]);
  return [
    { name: "check as served", server: served, asks: check },
    { name: "list as served", server: served, asks: walk(asker({})) },
    { name: "check --no-access-log", server: quiet, asks: check },
    { name: "list --no-access-log", server: quiet, asks: walk(asker({})) },
    { name: "check without metrics", server: uncounted, asks: check },
    { name: "check --rate-limit", server: limited, asks: check },
    { name: "list --private-mode, with a token", server: closed, asks: walk(known) },
    { name: "check --tls", server: secure, asks: check },
    { name: "list --tls", server: secure, asks: walk(asker({})) },
  ];
}
