import { asker, inTurn, type Measure, manners, record, same, type Yard } from "./measure.ts";
import type { Ship } from "./start-server.ts";

/** With those whom they follow already, fewer than the dialect lets one user follow. */
const FOLLOWED_BY_ONE = 150;
const SIZE = 100;
const HOT_PAGES = 20;

/** Lists and follows as python-gitlab and gitbeaker ask for them. */
export async function gitlabMeasures({ seeded, program, baseline }: Yard): Promise<Measure[]> {
  const { token, writers, readers, celebrity } = seeded;
  const get = asker({ "PRIVATE-TOKEN": token });
  const hotPath = `/api/v4/users/${celebrity}/followers`;
  const walk = Array.from({ length: HOT_PAGES }, (_, at) => get(`${hotPath}?page=${at + 1}`));
  const own = get("/api/v4/user");
  const ownOld = get("/api/v3/user");
  const product = await program();
  const canned = await Promise.all([own, ownOld, ...walk].map((ask) => record(product, ask)));
  const limit = await baseline("servers/canned-responses.ts", {}, canned);
  const more = manners(canned[0]?.headers ?? []);
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
    { name: "GitLab list const", ship: limit, asks: () => walk },
    { name: "GitLab list raw", ship: raw, asks: () => walk },
    { name: "GitLab list product", ship: product, asks: () => walk },
    { name: "GitLab 304 product", ship: product, asks: () => [get(hotPath, "GET", known)] },
    { name: "GitLab fragments raw", ship: rawUncached, asks: scattered },
    { name: "GitLab fragments product", ship: uncached, asks: scattered },
    { name: "GitLab user const", ship: limit, asks: () => [own] },
    { name: "GitLab user raw", ship: raw, asks: () => [own] },
    { name: "GitLab user product", ship: product, asks: () => [own] },
    { name: "v3 user const", ship: limit, asks: () => [ownOld] },
    { name: "v3 user product", ship: product, asks: () => [ownOld] },
    { name: "GitLab follow raw", ship: rawGrouped, asks: write },
    { name: "GitLab follow product", ship: grouped, asks: write },
    { name: "GitLab keyset first", ship: product, asks: () => [get(first)] },
    { name: "GitLab keyset last", ship: product, asks: () => [get(last)] },
  ];
}

/** The paths of the first page of all users and of one near the end, which the links lead to. */
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
