import { Random } from "../../stress/fuzz/random.ts";
import { serve } from "../../stress/races/program.ts";
import { type Line, Watch } from "./watch.ts";

export interface Scene {
  readonly folder: string;
  readonly users: number;
  /** Whom nearly everybody follows. */
  readonly celebrity: { readonly id: number; readonly username: string };
  readonly token: string;
  readonly seed: number;
  /** More flags of the server, such as its database. */
  readonly flags?: readonly string[];
}

const PAGE = 30;
/** Other pages near the same place, as the same one again would come from memory. */
const NEAR = 150;
const LONGEST_WALK = 2000;
/** Some hundred searches are too few to tell the slowest hundredth. */
const SEARCHES = 3000;
const WORDS = ["dev-12", "dev-99", "dev-123", "ev-4567", "no match here", "dev-1"];

/** Asks a server on the graph for what could get harder with its size. */
export async function measure(scene: Scene): Promise<readonly Line[]> {
  const flags = ["--lookup-limit", "0", "--follow-limit", "0", ...(scene.flags ?? [])];
  const server = await serve(scene.folder, ...flags);
  const watch = new Watch(server.url, scene.token);
  const random = new Random(scene.seed);
  try {
    await followers(watch, scene, random);
    await everybody(watch, scene, random);
    await changes(watch, scene, random);
    await searches(watch, random);
    return watch.lines;
  } finally {
    watch.close();
    await server.stop();
  }
}

/** Searches, beside a question that costs nothing: what that takes is the machine's. */
async function searches(watch: Watch, random: Random): Promise<void> {
  const search = (text: string) => `/api/v4/users?search=${encodeURIComponent(text)}`;
  const other = () => `dev-${String(random.below(1_000_000)).slice(0, 3 + random.below(4))}`;
  await watch.pages("search for users, of a few texts", () => search(random.pick(WORDS)), SEARCHES);
  await watch.pages("search for users, another text each time", () => search(other()), SEARCHES);
  await watch.pages("health, for comparison", () => "/-/health", SEARCHES);
}

/** The first, the middle and the last pages of the longest list, in the order of each dialect. */
async function followers(watch: Watch, { celebrity }: Scene, random: Random): Promise<void> {
  const { text } = await watch.send(`/api/v3/users/${celebrity.username}`);
  const { followers: fans } = JSON.parse(text) as { followers: number };
  const last = Math.ceil(fans / PAGE);
  const places = [
    ["first", 1],
    ["middle", Math.floor(last / 2)],
    ["last", Math.max(1, last - NEAR)],
  ] as const;
  const lists = [
    ["GitHub's order", `/api/v3/users/${celebrity.username}/followers`],
    ["GitLab's order", `/api/v4/users/${celebrity.id}/followers`],
  ] as const;
  for (const [order, list] of lists) {
    for (const [where, first] of places) {
      const page = () => `${list}?per_page=${PAGE}&page=${first + random.below(NEAR)}`;
      await watch.pages(`${fans} followers in ${order}, ${where} pages`, page);
    }
  }
}

/** The list of all users, by GitHub's `since` and by GitLab's cursor. */
async function everybody(watch: Watch, { users }: Scene, random: Random): Promise<void> {
  const places = [
    ["beginning", 0],
    ["middle", 0.5],
    ["end", 0.95],
  ] as const;
  for (const [where, share] of places) {
    const since = () => Math.floor(users * share) + random.below(users / 25);
    const page = () => `/api/v3/users?per_page=${PAGE}&since=${since()}`;
    await watch.pages(`/users by since, ${where}`, page);
  }
  const start = "/api/v4/users?pagination=keyset&per_page=100&order_by=id&sort=asc";
  await watch.walk("/users by cursor, 100 a step", start, LONGEST_WALK);
}

async function changes(watch: Watch, { celebrity, users }: Scene, random: Random): Promise<void> {
  const following = "/api/v3/user/following";
  const anybody = () => `dev-${Math.floor(users / 2) + random.below(users / 3)}`;
  await watch.changes("follow and unfollow anybody", () => `${following}/${anybody()}`);
  const famous = () => `${following}/${celebrity.username}`;
  await watch.changes("follow and unfollow the celebrity", famous);
}
