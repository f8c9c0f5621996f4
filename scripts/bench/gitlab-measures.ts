import { asker, inTurn, type Measure, manners, record, same, type Yard } from "./measure.ts";
import type { Ship } from "./start-server.ts";

/** With those whom they follow already, fewer than the dialect lets anybody follow. */
const FOLLOWED_BY_ONE = 150;
const SIZE = 100;

/** More than a connection asks for in a round. */
const SEARCHES = 3000;
const PRIME = 7919;

/** Lists, follows and searches as python-gitlab and gitbeaker ask for them. */
export async function gitlabMeasures({ seeded, start, copy }: Yard): Promise<Measure[]> {
  const { token, writers, readers, celebrity } = seeded;
  const get = asker({ "PRIVATE-TOKEN": token });
  const hotPath = `/api/v4/users/${celebrity}/followers`;
  const ownPath = "/api/v4/user";
  const product = await start("servers/product.ts");
  const canned = await Promise.all([hotPath, ownPath].map((path) => record(product, get(path))));
  const limit = await start("servers/canned-responses.ts", {}, canned);
  const more = manners(canned[1]?.headers ?? []);
  const raw = await start("servers/bare-http-gitlab.ts", {}, more);
  const uncached = await start("servers/product.ts", { pageCache: false });
  const rawUncached = await start("servers/bare-http-gitlab.ts", { pageCache: false }, more);
  await same(product, raw, get(hotPath));
  await same(product, raw, get(ownPath));
  const answer = await fetch(product.url + hotPath, { headers: get(hotPath).headers });
  const known = { "If-None-Match": answer.headers.get("etag") ?? "" };

  const hot = () => [get(hotPath)];
  const own = () => [get(ownPath)];
  const scattered = inTurn(readers, ({ id }) => get(`/api/v4/users/${id}/followers`));
  const write = (connection: number) => {
    const ask = asker({ "PRIVATE-TOKEN": writers[connection % writers.length] ?? token });
    const ids = readers.slice(-FOLLOWED_BY_ONE).map(({ id }) => id);
    return ["follow", "unfollow"].flatMap((verb) =>
      ids.map((id) => ask(`/api/v4/users/${id}/${verb}`, "POST")),
    );
  };
  // A text that was searched before may be remembered, so each has its own: three digits to five.
  let searched = 0;
  const search = () =>
    Array.from({ length: SEARCHES }, () => {
      searched += 1;
      const text = String((searched * PRIME) % 100_000).slice(0, 3 + (searched % 3));
      return get(`/api/v4/users?search=dev-${text}`);
    });
  const [first, last] = await ends(product, get);
  const grouped = await start("servers/product.ts", { file: copy("gitlab.db") });
  const rawGrouped = await start(
    "servers/bare-http-gitlab.ts",
    { file: copy("gitlab-raw.db") },
    more,
  );
  return [
    { name: "GitLab list const", ship: limit, asks: hot },
    { name: "GitLab list raw", ship: raw, asks: hot },
    { name: "GitLab list product", ship: product, asks: hot },
    { name: "GitLab 304 product", ship: product, asks: () => [get(hotPath, "GET", known)] },
    { name: "GitLab fragments raw", ship: rawUncached, asks: scattered },
    { name: "GitLab fragments product", ship: uncached, asks: scattered },
    { name: "GitLab user const", ship: limit, asks: own },
    { name: "GitLab user raw", ship: raw, asks: own },
    { name: "GitLab user product", ship: product, asks: own },
    { name: "GitLab follow raw", ship: rawGrouped, asks: write },
    { name: "GitLab follow product", ship: grouped, asks: write },
    { name: "GitLab search product", ship: product, asks: search, connections: 1 },
    { name: "GitLab keyset first", ship: product, asks: () => [get(first)] },
    { name: "GitLab keyset last", ship: product, asks: () => [get(last)] },
  ];
}

/** The paths of the first page of everybody and of one near the end, which the links lead to. */
async function ends({ url }: Ship, get: ReturnType<typeof asker>): Promise<[string, string]> {
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
