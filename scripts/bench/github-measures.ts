import { asker, inTurn, type Measure, record, same, type Yard } from "./measure.ts";
import { CELEBRITY, FOLLOWED } from "./seed.ts";

const HOT = `/api/v3/users/${CELEBRITY}/followers`;
const CHECK = `/api/v3/user/following/${CELEBRITY}`;
const PAGE = 30;

/** Checks, lists and follows as Octokit asks for them. */
export async function githubMeasures({ seeded, start, copy }: Yard): Promise<Measure[]> {
  const { token, writers, readers } = seeded;
  const get = asker({ Authorization: `token ${token}` });
  const product = await start("servers/product.ts");
  const canned = await Promise.all([CHECK, HOT].map((path) => record(product, get(path))));
  const limit = await start("servers/canned-responses.ts", {}, canned);
  const manners = canned[0]?.headers ?? [];
  const raw = await start("servers/bare-http-github.ts", {}, manners);
  const naive = await start("servers/naive-express.ts");
  const uncached = await start("servers/product.ts", { pageCache: false });
  const wide = await start("servers/thousand-operations.ts");
  const rawUncached = await start("servers/bare-http-github.ts", { pageCache: false }, manners);
  await same(product, raw, get(HOT));
  const answer = await fetch(product.url + HOT, { headers: get(HOT).headers });
  const known = { "If-None-Match": answer.headers.get("etag") ?? "" };

  const check = () => [get(CHECK)];
  const hot = () => [get(HOT)];
  const scattered = inTurn(readers, ({ username }) => get(`/api/v3/users/${username}/followers`));
  const last = Math.ceil(seeded.celebrityFollowers / PAGE);
  // Follows one user and unfollows another, on and on: every request changes something, and
  // the file stays as it is. Among more users a faster server would find other pages to write.
  const write = (connection: number) => {
    const ask = asker({ Authorization: `token ${writers[connection % writers.length]}` });
    const store = readers.slice(0, 2 * FOLLOWED);
    const paths = store.map(({ username }) => `/api/v3/user/following/${username}`);
    return paths.flatMap((path, place) => [
      ask(paths[(place + FOLLOWED) % paths.length] ?? path, "PUT"),
      ask(path, "DELETE"),
    ]);
  };
  const grouped = await start("servers/product.ts", { file: copy("grouped.db") });
  const single = await start("servers/product.ts", { file: copy("single.db"), groupCommit: false });
  const normal = await start("servers/product.ts", {
    file: copy("normal.db"),
    synchronous: "NORMAL",
  });
  const mixed = await start("servers/product.ts", { file: copy("mixed.db") });
  return [
    { name: "check const", ship: limit, asks: check },
    { name: "check raw", ship: raw, asks: check },
    { name: "check product", ship: product, asks: check },
    { name: "check wide", ship: wide, asks: check },
    { name: "check naive", ship: naive, asks: check },
    { name: "list const", ship: limit, asks: hot },
    { name: "list raw", ship: raw, asks: hot },
    { name: "list product", ship: product, asks: hot },
    { name: "list naive", ship: naive, asks: hot },
    { name: "fragments raw", ship: rawUncached, asks: scattered },
    { name: "fragments product", ship: uncached, asks: scattered },
    { name: "304 product", ship: product, asks: () => [get(HOT, "GET", known)] },
    { name: "page 1", ship: uncached, asks: () => [get(`${HOT}?page=1`)] },
    { name: "last page", ship: uncached, asks: () => [get(`${HOT}?page=${last - 1}`)] },
    { name: "PUT grouped", ship: grouped, asks: write },
    { name: "PUT single", ship: single, asks: write },
    { name: "PUT NORMAL", ship: normal, asks: write },
    { name: "readers alone", ship: mixed, asks: scattered },
    { name: "readers beside writers", ship: mixed, asks: scattered, beside: write },
  ];
}
