import jwt from "jsonwebtoken";
import {
  asker,
  type BenchServers,
  headersOfAll,
  inParts,
  inTurn,
  type Measure,
  record,
  same,
} from "./measure.ts";
import { CELEBRITY, FOLLOWED } from "./seed.ts";

const HOT = `/api/v3/users/${CELEBRITY}/followers`;
const CHECK = `/api/v3/user/following/${CELEBRITY}`;
const NAMED = `/api/v3/users/${CELEBRITY}`;
const OWN = "/api/v3/user";
const PAGE = 30;
const HOT_PAGES = 20;
const GRAPHQL = `{ viewer { login followers(first: ${PAGE}) { totalCount pageInfo { hasNextPage endCursor } nodes { login name } } } }`;

/** Checks, lists and follows as Octokit asks for them; lists without a token, as anybody reads them. */
export async function githubMeasures({
  seeded,
  program,
  baseline,
}: BenchServers): Promise<Measure[]> {
  const { token, readers, fan, secret } = seeded;
  const get = asker({ Authorization: `token ${token}` });
  // What knows no tokens of followd's.
  const statement = jwt.sign({ sub: String(fan) }, Buffer.from(secret, "hex"));
  const signed = asker({ Authorization: `token ${statement}` });
  const anonymously = asker({});
  const walk = Array.from({ length: HOT_PAGES }, (_, at) => anonymously(`${HOT}?page=${at + 1}`));
  const product = await program();
  const asked = [get(CHECK), get(NAMED), get(OWN), ...walk];
  const canned = await Promise.all(asked.map((ask) => record(product, ask)));
  const limit = await baseline("servers/canned-responses.ts", {}, canned);
  const heads = {
    check: headersOfAll(canned[0]?.headers ?? []),
    list: headersOfAll(canned[3]?.headers ?? []),
  };
  const raw = await baseline("servers/bare-http-github.ts", {}, heads);
  const naive = await baseline("servers/naive-express.ts");
  const uncached = await program(["--page-cache-mb", "0"]);
  const wide = await program([], "servers/thousand-operations.ts");
  const rawUncached = await baseline("servers/bare-http-github.ts", { pageCache: false }, heads);
  for (const ask of walk.slice(0, 2)) await same(product, raw, ask);

  const check = () => [get(CHECK)];
  const hot = () => walk;
  const scattered = inTurn(readers, ({ username }) =>
    anonymously(`/api/v3/users/${username}/followers`),
  );
  const last = Math.ceil(seeded.celebrityFollowers / PAGE);
  // More pages than the cache has room for, so each has gone when its turn comes again.
  const pages = Array.from({ length: last - 1 }, (_, at) => at + 1);
  const unseen = inParts(pages, 32, (page) => anonymously(`${HOT}?page=${page}`));
  const body = JSON.stringify({ query: GRAPHQL });
  const graphql = { ...get("/api/graphql", "POST"), body };
  return [
    { name: "check const", server: limit, asks: check },
    { name: "check raw", server: raw, asks: check },
    { name: "check product", server: product, asks: check },
    { name: "check wide", server: wide, asks: check },
    { name: "check naive", server: naive, asks: () => [signed(CHECK)] },
    { name: "list const", server: limit, asks: hot },
    { name: "list raw", server: raw, asks: hot },
    { name: "list product", server: product, asks: hot },
    { name: "list naive", server: naive, asks: hot },
    { name: "list gzip", server: product, asks: () => walk.map(zipped) },
    { name: "304 product", server: product, asks: await unchanged(product, walk) },
    { name: "fragments raw", server: rawUncached, asks: scattered },
    { name: "fragments product", server: uncached, asks: scattered },
    { name: "unseen raw", server: raw, asks: unseen },
    { name: "unseen product", server: product, asks: unseen },
    { name: "page 1", server: uncached, asks: () => [anonymously(HOT)] },
    { name: "last page", server: uncached, asks: () => [anonymously(`${HOT}?page=${last - 1}`)] },
    { name: "GET /users/{name} const", server: limit, asks: () => [get(NAMED)] },
    { name: "GET /users/{name} product", server: product, asks: () => [get(NAMED)] },
    { name: "GET /user const", server: limit, asks: () => [get(OWN)] },
    { name: "GET /user product", server: product, asks: () => [get(OWN)] },
    // Slower than the others, so that what V8 compiles takes it longer to be asked for often enough.
    { name: "GraphQL product", server: product, asks: () => [graphql], warmSeconds: 4 },
  ];
}

const zipped = (ask: ReturnType<ReturnType<typeof asker>>) => ({
  ...ask,
  headers: { ...ask.headers, "Accept-Encoding": "gzip" },
});

/** The same questions by a caller who has the answers. */
async function unchanged({ url }: { url: string }, asks: ReturnType<ReturnType<typeof asker>>[]) {
  const known = await Promise.all(
    asks.map(async (ask) => {
      const answer = await fetch(url + ask.path, { headers: ask.headers });
      await answer.arrayBuffer();
      const tag = answer.headers.get("etag") ?? "";
      return { ...ask, headers: { ...ask.headers, "If-None-Match": tag } };
    }),
  );
  return () => known;
}

/**
 * Follows one user and unfollows another, on and on: every request changes something, and the file
 * stays as it is. Among more users a faster server would find other pages to write.
 */
export async function writeMeasures({
  seeded,
  program,
  baseline,
}: BenchServers): Promise<Measure[]> {
  const { writers, readers, token } = seeded;
  const write = (connection: number) => {
    const ask = asker({ Authorization: `token ${writers[connection % writers.length]}` });
    const paths = readers
      .slice(0, 2 * FOLLOWED)
      .map(({ username }) => `/api/v3/user/following/${username}`);
    return paths.flatMap((path, place) => [
      ask(paths[(place + FOLLOWED) % paths.length] ?? path, "PUT"),
      ask(path, "DELETE"),
    ]);
  };
  const grouped = await program();
  const answer = await record(grouped, asker({ Authorization: `token ${token}` })(CHECK));
  const heads = { check: headersOfAll(answer.headers), list: [] };
  const raw = await baseline("servers/bare-http-github.ts", {}, heads);
  const single = await baseline("servers/product.ts", { groupCommit: false });
  const normal = await baseline("servers/product.ts", { synchronous: "NORMAL" });
  const mixed = await program();
  const scattered = inTurn(readers, ({ username }) =>
    asker({})(`/api/v3/users/${username}/followers`),
  );
  return [
    { name: "follow raw", server: raw, asks: write },
    { name: "follow product", server: grouped, asks: write },
    { name: "PUT single", server: single, asks: write },
    { name: "PUT NORMAL", server: normal, asks: write },
    { name: "readers alone", server: mixed, asks: scattered },
    { name: "readers beside writers", server: mixed, asks: scattered, beside: write },
  ];
}
