import {
  asker,
  type BenchServers,
  headersOfAll,
  inTurn,
  type Measure,
  record,
  same,
} from "./measure.ts";
import type { BenchServer } from "./start-server.ts";

/** With those whom they follow already, fewer than the dialect lets one user follow. */
const FOLLOWED_BY_ONE = 150;
const SIZE = 100;
const HOT_PAGES = 20;

/** Lists and follows as python-gitlab and gitbeaker ask for them. */
export async function gitlabMeasures({
  seeded,
  program,
  baseline,
}: BenchServers): Promise<Measure[]> {
  const { token, writers, readers, celebrity } = seeded;
  const get = asker({ "PRIVATE-TOKEN": token });
  const hotPath = `/api/v4/users/${celebrity}/followers`;
  const walk = Array.from({ length: HOT_PAGES }, (_, at) => get(`${hotPath}?page=${at + 1}`));
  const own = get("/api/v4/user");
  const ownOld = get("/api/v3/user");
  const product = await program();
  const canned = await Promise.all([own, ownOld, ...walk].map((ask) => record(product, ask)));
  const limit = await baseline("servers/canned-responses.ts", {}, canned);
  const more = headersOfAll(canned[0]?.headers ?? []);
  const raw = await baseline("servers/bare-http-gitlab.ts", {}, more);
  const uncached = await program(["--page-cache-mb", "0"]);
  const rawUncached = await baseline("servers/bare-http-gitlab.ts", { pageCache: false }, more);
  for (const ask of [own, ...walk.slice(0, 2)]) await same(product, raw, ask);
  const answer = await fetch(product.url + hotPath, { headers: get(hotPath).headers });
  const known = { "If-None-Match": answer.headers.get("etag") ?? "" };

  const scattered = inTurn(readers, ({ id }) => get(`/api/v4/users/${id}/followers`));
  const write = (connection: number) => {
    const ask = asker({ "PRIVATE-TOKEN": writers[connection % writers.length] ?? token });
    const ids = readers.slice(-FOLLOWED_BY_ONE).map(({ id }) => id);
    return ["follow", "unfollow"].flatMap((verb) =>
      ids.map((id) => ask(`/api/v4/users/${id}/${verb}`, "POST")),
    );
  };
  const [first, last] = await ends(product, get);
  const grouped = await program();
  const rawGrouped = await baseline("servers/bare-http-gitlab.ts", {}, more);
  return [
    { name: "GitLab list const", server: limit, asks: () => walk },
    { name: "GitLab list raw", server: raw, asks: () => walk },
    { name: "GitLab list product", server: product, asks: () => walk },
    { name: "GitLab 304 product", server: product, asks: () => [get(hotPath, "GET", known)] },
    { name: "GitLab fragments raw", server: rawUncached, asks: scattered },
    { name: "GitLab fragments product", server: uncached, asks: scattered },
    { name: "GitLab user const", server: limit, asks: () => [own] },
    { name: "GitLab user raw", server: raw, asks: () => [own] },
    { name: "GitLab user product", server: product, asks: () => [own] },
    { name: "v3 user const", server: limit, asks: () => [ownOld] },
    { name: "v3 user product", server: product, asks: () => [ownOld] },
    { name: "GitLab follow raw", server: rawGrouped, asks: write },
    { name: "GitLab follow product", server: grouped, asks: write },
    { name: "GitLab keyset first", server: product, asks: () => [get(first)] },
    { name: "GitLab keyset last", server: product, asks: () => [get(last)] },
  ];
}

/** The paths of the first page of all users and of one near the end, which the links lead to. */
async function ends(
  { url }: BenchServer,
  get: ReturnType<typeof asker>,
): Promise<[string, string]> {
  const first = `/api/v4/users?pagination=keyset&per_page=${SIZE}&order_by=id&sort=asc`;
  let path = first;
  for (;;) {
    const answer = await fetch(url + path, { headers: get(path).headers });
    const users = (await answer.json()) as unknown[];
    const [, next] = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "") ?? [];
    if (next === undefined || users.length < SIZE) return [first, path];
    const { pathname, search } = new URL(next);
    path = pathname + search;
  }
}
