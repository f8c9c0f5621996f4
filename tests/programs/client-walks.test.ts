import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Gitlab } from "@gitbeaker/rest";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { type Followd, type Seed, type Settings, start } from "../../src/library/index.ts";

const SCRIPTS = join(import.meta.dirname, "clients");
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";
const PASSWORD = "correct-horse-battery-9";
const FANS = Array.from({ length: 25 }, (_, number) => `fan-${number}`);

/** A user with three pages of followers, of ten each, and an administrator. */
const SEED: Seed = {
  users: [{ username: "root", admin: true }, "mona", ...FANS],
  follows: FANS.map((fan) => [fan, "mona"] as const),
};

/** What a walk meets: where it is and as which administrator, and the user whom it makes. */
interface Walk {
  readonly url: string;
  readonly token: string;
  readonly name: string;
}

type Found = Record<string, unknown>;
type Client = readonly [name: string, walk: (walk: Walk) => Promise<Found>];

const made = mkdtempSync(join(tmpdir(), "followd-clients-"));
afterAll(() => rmSync(made, { recursive: true }));

/** What a program writes of its walk. */
async function output(program: string, words: string[], env: Record<string, string>) {
  const child = spawn(program, words, { env: { ...process.env, ...env } });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stderr}`);
  return stdout;
}

const script =
  (program: string, file: string) =>
  async ({ url, token, name }: Walk): Promise<Found> => {
    const env = { URL: url, TOKEN: token, NAME: name, KEY, PASSWORD };
    return JSON.parse(await output(program, [join(SCRIPTS, file)], env)) as Found;
  };

/** The status with which a request is refused. */
async function statusOf(request: Promise<unknown>): Promise<unknown> {
  try {
    return await request;
  } catch (error) {
    const { status, cause } = error as {
      status?: number;
      cause?: { response?: { status?: number } };
    };
    return status ?? cause?.response?.status ?? error;
  }
}

async function walkGitbeaker({ url, token, name }: Walk): Promise<Found> {
  const client = new Gitlab({ host: url, token });
  const user = await client.Users.create({
    ...{ username: name, name, email: `${name}@example.test`, password: PASSWORD },
    skipConfirmation: true,
  });
  const stateOf = async () => (await client.Users.show(user.id)).state;
  const [mona] = await client.Users.all({ username: "mona" });
  const monaId = mona?.id ?? 0;
  const me = await client.Users.showCurrentUser();
  await client.Users.follow(monaId);
  const following = (await client.Users.allFollowing(me.id)).map(({ username }) => username);
  const fans = (await client.Users.all({ search: "fan", perPage: 10 })).length;
  const count = async () => (await client.Users.allFollowers(monaId, { perPage: 10 })).length;
  const followers = await count();
  await client.Users.unfollow(monaId);
  const unfollowed = await count();
  await client.Users.block(user.id);
  const blocked = await stateOf();
  await client.Users.unblock(user.id);
  const unblocked = await stateOf();
  const key = await client.UserSSHKeys.create("laptop", KEY, { userId: user.id });
  const keysOf = async () =>
    (await client.UserSSHKeys.all({ userId: user.id })).map(({ title }) => title);
  const keys = await keysOf();
  await client.UserSSHKeys.remove(key.id, { userId: user.id });
  const left = await keysOf();
  const given = await client.UserImpersonationTokens.create(user.id, "walk", ["api"]);
  const asUser = new Gitlab({ host: url, token: String(given.token) });
  const tokenOf = (await asUser.Users.showCurrentUser()).username === name;
  await asUser.Users.editStatus({ emoji: "coffee", message: "back soon" });
  const { emoji } = await client.Users.showStatus({ iDOrUsername: user.id });
  await client.UserImpersonationTokens.revoke(user.id, given.id);
  const revoked = await statusOf(asUser.Users.showCurrentUser());
  await client.Users.remove(user.id);
  return {
    ...{ created: user.state, following, fans, followers, unfollowed, blocked, unblocked },
    ...{ keys, keys_left: left.length, token_of: tokenOf, status: emoji, revoked },
    deleted: await statusOf(client.Users.show(user.id)),
  };
}

async function walkOctokit({ url, token, name }: Walk): Promise<Found> {
  const clientOf = (auth: string) => new Octokit({ auth, baseUrl: `${url}/api/v3` });
  const client = clientOf(token);
  const { rest } = client;
  await client.request("POST /admin/users", { login: name, email: `${name}@example.test` });
  const shown = async () => (await rest.users.getByUsername({ username: name })).data;
  const created = (await shown()).login === name;
  await rest.users.follow({ username: "mona" });
  const follows = (await rest.users.checkPersonIsFollowedByAuthenticated({ username: "mona" }))
    .status;
  const logins = (users: { login: string }[]) => users.map(({ login }) => login);
  const following = logins((await rest.users.listFollowedByAuthenticatedUser()).data);
  const count = async () =>
    (await client.paginate(rest.users.listFollowersForUser, { username: "mona", per_page: 10 }))
      .length;
  const followers = await count();
  const found = (await rest.search.users({ q: "fan in:login" })).data.total_count;
  await rest.users.unfollow({ username: "mona" });
  const unfollowed = await count();
  await rest.users.block({ username: "mona" });
  const blocks = logins((await rest.users.listBlockedByAuthenticatedUser()).data);
  await rest.users.unblock({ username: "mona" });
  await client.request("PUT /users/{username}/suspended", { username: name });
  const suspended = "suspended_at" in (await shown());
  await client.request("DELETE /users/{username}/suspended", { username: name });
  const key = await rest.users.createPublicSshKeyForAuthenticatedUser({
    ...{ title: "laptop", key: KEY },
  });
  const keysOf = async () =>
    (await rest.users.listPublicSshKeysForAuthenticatedUser()).data.map(({ title }) => title);
  const keys = await keysOf();
  await rest.users.deletePublicSshKeyForAuthenticatedUser({ key_id: key.data.id });
  const left = await keysOf();
  const authorizations = "/admin/users/{username}/authorizations";
  const given = await client.request(`POST ${authorizations}`, {
    ...{ username: name, scopes: ["user", "repo"] },
  });
  const asUser = clientOf((given.data as { token: string }).token);
  const tokenOf = (await asUser.rest.users.getAuthenticated()).data.login === name;
  const changed = await asUser.graphql<{ changeUserStatus: { status: { emoji: string } } }>(
    'mutation { changeUserStatus(input: {emoji: ":coffee:"}) { status { emoji } } }',
  );
  await client.request(`DELETE ${authorizations}`, { username: name });
  const revoked = await statusOf(asUser.rest.users.getAuthenticated());
  await client.request("DELETE /admin/users/{username}", { username: name });
  return {
    ...{ created, follows: follows === 204, following, followers, found, unfollowed, blocks },
    ...{ suspended, keys, keys_left: left.length, token_of: tokenOf, revoked },
    status: changed.changeUserStatus.status.emoji,
    deleted: await statusOf(shown()),
  };
}

/** Built at the first walk; Debian's packages lie in a GOPATH. */
let binary: Promise<string> | undefined;
async function walkGoGitHub({ url, token, name }: Walk): Promise<Found> {
  binary ??= (async () => {
    const file = join(made, "go-github");
    const env = { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOCACHE: join(made, "cache") };
    await output("go", ["build", "-o", file, join(SCRIPTS, "go-github", "main.go")], env);
    return file;
  })();
  const env = { URL: url, TOKEN: token, NAME: name, KEY };
  return JSON.parse(await output(await binary, [], env)) as Found;
}

const GITLAB: readonly Client[] = [
  ["python-gitlab", script("/usr/bin/python3", "python_gitlab.py")],
  ["ruby-gitlab", script("ruby", "ruby_gitlab.rb")],
  ["GitLab::API::v4", script("perl", "gitlab_api_v4.pl")],
  ["gitbeaker", walkGitbeaker],
];
const GITHUB: readonly Client[] = [
  ["PyGithub", script("/usr/bin/python3", "pygithub.py")],
  ["octokit.rb", script("ruby", "octokit.rb")],
  ["Net::GitHub", script("perl", "net_github.pl")],
  ["octokit.js", walkOctokit],
  ["go-github", walkGoGitHub],
];

/** Servers of two versions, the walks of all clients through each, and what each has to find. */
function walks(
  settings: Readonly<Record<string, Settings>>,
  clients: readonly Client[],
  expected: Found,
): void {
  describe.each(Object.entries(settings))("with %s", (_, version) => {
    let server: Followd;
    let token: string;
    beforeAll(async () => {
      server = await start({ seed: SEED, settings: version });
      token = await server.tokenFor("root");
    });
    afterAll(() => server.stop());

    it.each(clients)(
      "%s makes, follows, lists, blocks and deletes users",
      async (name, walk) => {
        const username = `by-${name.replace(/\W+/g, "-").toLowerCase()}`;
        expect(await walk({ url: server.url, token, name: username })).toEqual(expected);
      },
      120_000,
    );
  });
}

describe("GitLab's clients", () => {
  walks(
    { "GitLab 17.6": { gitlabVersion: "17.6.0" }, "GitLab 18.11": { gitlabVersion: "18.11.0" } },
    GITLAB,
    {
      ...{ created: "active", following: ["mona"], fans: 25, followers: 26, unfollowed: 25 },
      ...{ blocked: "blocked", unblocked: "active", keys: ["laptop"], keys_left: 0 },
      ...{ token_of: true, status: "coffee", revoked: 401, deleted: 404 },
    },
  );
});

describe("GitHub's clients", () => {
  walks(
    {
      // Net::GitHub waits two seconds after each answer that names no limit.
      "Enterprise Server 3.15": { githubVersion: "3.15.0", rateLimit: 10_000 },
      "Enterprise Server 3.22": { githubVersion: "3.22.0", rateLimit: 10_000 },
    },
    GITHUB,
    {
      ...{ created: true, follows: true, following: ["mona"], followers: 26, found: 25 },
      ...{ unfollowed: 25, blocks: ["mona"], suspended: true, keys: ["laptop"], keys_left: 0 },
      ...{ token_of: true, status: ":coffee:", revoked: 401, deleted: 404 },
    },
  );
});
