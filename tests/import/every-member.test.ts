import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { documentOf } from "../../src/dev/documents.ts";
import { type Followd, type SeedUser, start } from "../../src/library/index.ts";
import { FULL_USER } from "../support/full-user.ts";

/** What can't be true of a user who is active, human and asks for themself. */
const CLOSED: SeedUser[] = [
  { id: 21, username: "banned", state: "banned", suspended_at: "2024-01-01T00:00:00.000Z" },
  { id: 22, username: "robot", type: "project_bot" },
  { id: 23, username: "idle", state: "deactivated" },
  { id: 24, username: "hidden", private_profile: true },
];

const USERS: SeedUser[] = [
  { id: 1, username: "root", admin: true },
  { id: 2, username: "plain" },
  ...CLOSED,
];

/** Members of answers that no seed gives, each with the reason. */
const COMPUTED: Readonly<Record<string, string>> = {
  id: "an id of its own in every account",
  username: "a name of its own in every account",
  web_url: "from the username",
  avatar_url: "from the id, or from a picture that PUT /user/avatar takes",
  namespace_id: "the user's own namespace has their id",
  followers: "counted from the follows",
  following: "counted from the follows",
  is_followed: "whether the caller follows the user",
  private_token: "made by the server, and shown by POST /session alone",
  ...{ login: "a name of its own in every account", node_id: "from the id" },
  gravatar_id: "Enterprise Server uses no Gravatar",
  user_view_type: "by who asks",
  notification_email: "the public address",
  score: "every match counts alike",
  ...Object.fromEntries(
    ["url", "html_url", "followers_url", "following_url", "gists_url", "starred_url"]
      .concat(["subscriptions_url", "organizations_url", "repos_url", "events_url"])
      .concat(["received_events_url"])
      .map((name) => [name, "from the username"]),
  ),
};

/** Members that a schema has and that its operations show one value of. */
const FIXED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "gitlab user-public": { state: "only an active user can ask for themself" },
  "github simple-user": { type: "lists show people alone; a bot's own page says Bot" },
  "github private-user": { suspended_at: "a suspended user can't ask for themself" },
};

type Header = Record<string, string>;
interface Shown {
  /** Requests whose answer, or a row of it, has the schema; as whom, `self` being the user that is shown. */
  readonly requests: readonly (readonly [path: (name: string) => string, as: string])[];
  readonly header: (token: string) => Header;
}

const ids: Record<string, number> = {
  root: 1,
  plain: 2,
  ann: 7,
  ...Object.fromEntries(CLOSED.map(({ id, username }) => [username, id])),
};
const gitlab = (token: string): Header => ({ "private-token": token });
const github = (token: string): Header => ({ authorization: `Bearer ${token}` });
const v4 = (name: string) => `/api/v4/users/${ids[name]}?with_custom_attributes=true`;
const v4List = (name: string) => `/api/v4/users?username=${name}&with_custom_attributes=true`;
const v3 = (name: string) => `/api/v3/users/${ids[name]}`;

const SHOWN: Readonly<Record<string, Shown>> = {
  "gitlab user-basic": {
    header: gitlab,
    requests: [
      [v4List, "plain"],
      [v4List, "root"],
    ],
  },
  "gitlab user": {
    header: gitlab,
    requests: [
      [v4, "plain"],
      [v4, "root"],
    ],
  },
  "gitlab user-public": {
    header: gitlab,
    requests: [
      [() => "/api/v4/user", "self"],
      [v4, "root"],
    ],
  },
  "gitlab user-with-admin": { header: gitlab, requests: [[v4List, "root"]] },
  "gitlab user-details-with-admin": { header: gitlab, requests: [[v4, "root"]] },
  "gitlab-v3 user": {
    header: gitlab,
    requests: [
      [v3, "plain"],
      [v3, "root"],
    ],
  },
  "gitlab-v3 user-full": { header: gitlab, requests: [[v3, "root"]] },
  "github simple-user": {
    header: github,
    requests: [[(name) => `/api/v3/users?since=${(ids[name] ?? 0) - 1}&per_page=1`, "root"]],
  },
  "github public-user": {
    header: github,
    requests: [[(name) => `/api/v3/users/${name}`, "root"]],
  },
  "github private-user": { header: github, requests: [[() => "/api/v3/user", "self"]] },
};

const settings = { gitlabEdition: "ee", gitlabVersion: "18.2.0" } as const;
const clock = () => Date.UTC(2026, 0, 1);

const tokens = new Map<string, Promise<string>>();
function tokenOf(server: Followd, name: string): Promise<string> {
  const key = `${server.url} ${name}`;
  const known = tokens.get(key) ?? server.tokenFor(name);
  tokens.set(key, known);
  return known;
}

/** What one request shows of a user; undefined where it is refused. */
async function answerOf(
  server: Followd,
  { header, requests }: Shown,
  place: number,
  name: string,
): Promise<Record<string, unknown> | undefined> {
  const [path, as] = requests[place] ?? [() => "", "root"];
  const token = await tokenOf(server, as === "self" ? name : as);
  const answer = await fetch(server.url + path(name), { headers: header(token) });
  if (!answer.ok) return undefined;
  const body = (await answer.json()) as Record<string, unknown> | Record<string, unknown>[];
  return Array.isArray(body) ? body[0] : body;
}

async function propertiesOf(schema: string): Promise<string[]> {
  const [dialect = "", name = ""] = schema.split(" ");
  const document = (await documentOf(dialect)) as {
    components: { schemas: Record<string, { properties?: object }> };
  };
  return Object.keys(document.components.schemas[name]?.properties ?? {});
}

/** An answer without the server's address, and without the day that asking itself moves. */
function comparable(answer: Record<string, unknown> | undefined, url: string): unknown {
  const { last_activity_on: _, ...others } = answer ?? {};
  return JSON.parse(JSON.stringify(others).replaceAll(url, ""));
}

describe("every member of the schemas of users", () => {
  let seeded: Followd;
  let changed: Followd;
  beforeAll(async () => {
    const seed = { users: [...USERS, { id: 7, username: "ann", ...FULL_USER }] };
    seeded = await start({ settings, clock, seed });
    changed = await start({
      ...{ settings, clock },
      seed: { users: [...USERS, { id: 7, username: "ann" }] },
    });
    const answer = await fetch(`${changed.url}/-/dev/users/ann`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(FULL_USER),
    });
    expect(await answer.text()).toContain('"username":"ann"');
  });
  afterAll(() => Promise.all([seeded.stop(), changed.stop()]));

  it.each(Object.keys(SHOWN))("%s can be brought about by a seed", async (schema) => {
    const shown = SHOWN[schema] as Shown;
    const differing = new Set<string>();
    for (const place of shown.requests.keys()) {
      const usual = await answerOf(seeded, shown, place, "plain");
      for (const name of ["ann", "root", ...CLOSED.map(({ username }) => username)]) {
        const answer = await answerOf(seeded, shown, place, name);
        for (const [member, value] of Object.entries(answer ?? {})) {
          if (JSON.stringify(value) !== JSON.stringify(usual?.[member])) differing.add(member);
        }
      }
    }
    const reasons = { ...COMPUTED, ...FIXED[schema] };
    const wanted = (await propertiesOf(schema)).filter((name) => reasons[name] === undefined);
    expect(wanted.filter((name) => !differing.has(name))).toEqual([]);
    expect(wanted).not.toEqual([]);
  });

  it.each(Object.keys(SHOWN))("%s is the same after PATCH of the members", async (schema) => {
    const shown = SHOWN[schema] as Shown;
    for (const place of shown.requests.keys()) {
      const [one, other] = [
        await answerOf(changed, shown, place, "ann"),
        await answerOf(seeded, shown, place, "ann"),
      ];
      expect(comparable(one, changed.url)).toEqual(comparable(other, seeded.url));
    }
  });
});
