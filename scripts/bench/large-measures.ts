import { asker, inParts, type Measure } from "./measure.ts";
import { CELEBRITY, type Seeded } from "./seed.ts";
import type { BenchServer } from "./start-server.ts";

const PAGE = 30;
/** More than a connection asks for in a round. */
const SEARCHES = 3000;
const PRIME = 7919;
/** Of names of the form dev-123456. */
const NUMBERS = 1_000_000;

/** What could get harder with the size of the graph, at a million users. */
export function largeMeasures(product: BenchServer, seeded: Seeded): Measure[] {
  const known = asker({ Authorization: `token ${seeded.token}` });
  const list = `/api/v3/users/${CELEBRITY}/followers`;
  const last = Math.ceil(seeded.celebrityFollowers / PAGE);
  const pages = Array.from({ length: last - 1 }, (_, at) => at + 1);
  const get = asker({});
  // A text that was searched before may be remembered, so each has its own: three digits to five.
  let searched = 0;
  const search = () =>
    Array.from({ length: SEARCHES }, () => {
      searched += 1;
      const text = String((searched * PRIME) % NUMBERS).slice(0, 3 + (searched % 3));
      return asker({ "PRIVATE-TOKEN": seeded.token })(`/api/v4/users?search=dev-${text}`);
    });
  return [
    {
      name: "check at a million users",
      server: product,
      asks: () => [known(`/api/v3/user/following/${CELEBRITY}`)],
    },
    {
      name: "list at a million users",
      server: product,
      asks: () => pages.slice(0, 20).map((page) => get(`${list}?page=${page}`)),
    },
    {
      name: "unseen at a million users",
      server: product,
      asks: inParts(pages, 32, (page) => get(`${list}?page=${page}`)),
    },
    { name: "search at a million users", server: product, asks: search, connections: 1 },
  ];
}
