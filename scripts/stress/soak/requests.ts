import { Random } from "../fuzz/random.ts";

export interface Ask {
  method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Who there is to ask for and as. */
export interface Cast {
  /** People are called `dev-2` to this. */
  users: number;
  tokens: readonly string[];
}

/** The part of requests that change something. */
const WRITES = 0.1;
const HOSTS = 2000;
/** Few enough that all of them were seen, and refused, within the first quarter. */
const ADDRESSES = 5000;

/** Requests in both dialects, the same ones for the same seed, with much in them that varies. */
export class Asks {
  readonly #random: Random;
  readonly #cast: Cast;

  constructor(seed: number, cast: Cast) {
    this.#random = new Random(seed);
    this.#cast = cast;
  }

  next(): Ask {
    const kinds = this.#random.chance(WRITES) ? this.#writes : this.#reads;
    const { headers, ...ask } = { method: "GET" as const, ...this.#random.pick(kinds)() };
    return { ...ask, headers: { ...this.#caller(), ...headers } };
  }

  readonly #reads: readonly (() => Partial<Ask> & { path: string })[] = [
    () => ({ path: `/api/v3/users/${this.#name()}` }),
    () => ({ path: `/api/v3/users/${this.#name()}/followers?${this.#page()}` }),
    () => ({ path: `/api/v3/users/${this.#name()}/following?${this.#page()}` }),
    () => ({ path: `/api/v3/users/dev-1/followers?page=${1 + this.#random.below(600)}` }),
    () => ({ path: `/api/v3/user/following/${this.#name()}` }),
    () => ({ path: "/api/v3/user", headers: { Accept: this.#accept() } }),
    () => ({ path: "/api/v3/user", headers: { Authorization: `token ${this.#word(40)}` } }),
    () => ({ path: `/api/v3/users/${this.#word(30)}` }),
    () => ({ path: `/api/v3/${this.#word(60)}` }),
    () => ({ path: "/api/graphql", method: "POST", ...this.#query() }),
    () => ({ path: `/api/v4/users/${this.#id()}` }),
    () => ({ path: `/api/v4/users/${this.#id()}/followers?${this.#page()}` }),
    () => ({ path: `/api/v4/users?username=${this.#name()}` }),
    () => ({ path: `/api/v4/users?search=dev-${this.#id()}` }),
    () => ({ path: `/api/v4/users?id_after=${this.#id()}&${this.#page()}` }),
    () => ({ path: `/api/v4/user?${this.#word(20)}=${this.#word(200)}` }),
    () => ({ path: "/api/v4/user", headers: { "PRIVATE-TOKEN": this.#word(40) } }),
    () => ({ path: `/api/v4/users/${this.#id()}/status` }),
  ];

  readonly #writes: readonly (() => Partial<Ask> & { path: string })[] = [
    () => ({ method: "PUT", path: `/api/v3/user/following/${this.#name()}` }),
    () => ({ method: "DELETE", path: `/api/v3/user/following/${this.#name()}` }),
    () => ({ method: "POST", path: `/api/v4/users/${this.#id()}/follow` }),
    () => ({ method: "POST", path: `/api/v4/users/${this.#id()}/unfollow` }),
    () => ({ method: "PATCH", path: "/api/v3/user", ...this.#json({ bio: this.#word(100) }) }),
    () => ({ method: "PUT", path: "/api/v4/user/status", ...this.#status() }),
  ];

  readonly #id = () => 2 + this.#random.below(this.#cast.users - 1);
  readonly #name = () => `dev-${this.#id()}`;
  readonly #page = () =>
    `page=${1 + this.#random.below(3)}&per_page=${1 + this.#random.below(100)}`;
  readonly #json = (value: object) => ({
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
  readonly #status = () => this.#json({ emoji: "coffee", message: this.#word(60) });

  readonly #word = (most: number) => {
    const letters = Array.from({ length: 1 + this.#random.below(most) }, () =>
      this.#random.below(36).toString(36),
    );
    return letters.join("");
  };

  readonly #accept = () =>
    `application/vnd.github.${this.#word(10)}+json, */*;q=0.${this.#word(3)}`;

  readonly #query = () => {
    const alias = `a${this.#word(12)}`;
    const first = 1 + this.#random.below(50);
    const inner = `followers(first: ${first}) { totalCount nodes { login } }`;
    return this.#json({ query: `{ ${alias}: user(login: "${this.#name()}") { ${inner} } }` });
  };

  #caller(): Record<string, string> {
    const random = this.#random;
    const address = random.below(ADDRESSES);
    return {
      Authorization: `Bearer ${random.pick(this.#cast.tokens)}`,
      Host: `host-${random.below(HOSTS)}.example`,
      "User-Agent": `soak ${random.below(1000)}`,
      "X-Forwarded-For": `10.0.${address >> 8}.${address & 255}`,
    };
  }
}
