import type { Ask } from "../load.ts";

/** Makes the requests that each connection sends, over and over. */
export type RequestMaker = (
  tokens: readonly string[],
  users: number,
) => (connection: number) => Ask[];

const PAGE = 30;
/** Lists of the most followed, of which each has two pages. */
const LISTS = 1000;
/** As many as a connection requests in a round. */
const PAGES = 600;
const PRIMES = [7919, 104_729] as const;

const request = (token: string, path: string, method: Ask["method"] = "GET"): Ask => ({
  ...{ method, path: `/api/v3${path}` },
  headers: { authorization: `token ${token}`, "user-agent": "rows" },
});
const turns = (count: number) => Array.from({ length: count }, (_, turn) => turn);
const spread = (connection: number, turn: number) => connection * PRIMES[0] + turn * PRIMES[1];

/** Whom the callers of a row follow, among those who are not callers themselves. */
export const followedBy = (connection: number, turn: number, users: number): number =>
  200 + (spread(connection, turn) % (users - 400));
const FOLLOWED_BY_ALL = 199;

let loads = 0;

export const KINDS: Readonly<Record<string, RequestMaker>> = {
  check: (tokens) => (n) => [request(tokens[n] ?? "", "/user/following/dev-1")],
  "hot list": (tokens) => (n) => [
    request(tokens[n] ?? "", `/users/dev-1/followers?per_page=${PAGE}`),
  ],
  list: (tokens) => {
    loads += 1;
    const load = loads;
    return (n) =>
      turns(PAGES).map((turn) => {
        const place = spread(n, turn);
        // A parameter that means nothing: no page comes from memory, as few do in a large graph.
        const query = `per_page=${PAGE}&page=${1 + (place % 2)}&unseen=${load}-${n}-${turn}`;
        return request(tokens[n] ?? "", `/users/dev-${2 + (place % LISTS)}/followers?${query}`);
      });
  },
  follow: (tokens, users) => (n) =>
    turns(200).flatMap((turn) => {
      const path = `/user/following/dev-${followedBy(n, turn, users)}`;
      return [request(tokens[n] ?? "", path, "PUT"), request(tokens[n] ?? "", path, "DELETE")];
    }),
  "follow of one": (tokens) => (n) => [
    request(tokens[n] ?? "", `/user/following/dev-${FOLLOWED_BY_ALL}`, "DELETE"),
    request(tokens[n] ?? "", `/user/following/dev-${FOLLOWED_BY_ALL}`, "PUT"),
  ],
};
