import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { hashSync } from "bcryptjs";
import { rehashPassword } from "../../src/domain/credentials/passwords.ts";
import { signIn } from "../../src/domain/credentials/sign-in.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import { byUsername } from "../../src/domain/users/users.ts";
import { UserImport, type UserImportOptions } from "../../src/import/users/load-users.ts";
import { COLUMNS } from "../../src/import/users/members.ts";
import { type ReadUsersOptions, readUsers } from "../../src/import/users/read-users.ts";
import { client, type World, world } from "../support/server.ts";

let server: World;
let admin: ReturnType<typeof client>;
const folder = mkdtempSync(join(tmpdir(), "followd-users-"));
beforeAll(async () => {
  server = await world({ clock: () => Date.UTC(2026, 0, 1) });
});
beforeEach(async () => {
  const { engine } = server.store;
  await engine.transaction(engine.query.delete(engine.tables.users));
  invalidate.everything(server.store);
  const root = await server.user("root-admin", { admin: true });
  admin = client({ url: `${server.url}/api/v4` }).set(
    "PRIVATE-TOKEN",
    await server.token(root, "api"),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

type Options = Partial<UserImportOptions & ReadUsersOptions>;

async function load(name: string, content: string | Buffer, options: Options = {}) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const problems: string[] = [];
  const reject = (line: number, problem: string) => {
    problems.push(`${line}: ${problem}`);
  };
  const users = await UserImport.open(server.store, { reject, ...options });
  const take = (line: number, value: unknown) => users.take(line, value);
  try {
    const read = await readUsers(file, { reject, take, ...options });
    return { ...(await users.finish()), problems, leftOut: Object.fromEntries(read.leftOut) };
  } finally {
    await users.close();
  }
}

const ndjson = (...users: object[]) => users.map((user) => `${JSON.stringify(user)}\n`).join("");
const shown = async (username: string) => {
  const { id } = await byUsername(server.store, username);
  return (await admin.get(`/users/${id}`)).body as Record<string, unknown>;
};

const ED25519 =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIeDV7Bj0xUQ1Fh8YbMSzWYNTLKJUuJ5mF3N9eUjHcKb ann@laptop";

/** Of "password123", at 8 MiB and one pass. */
const ARGON2ID =
  "$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$Mnra9/PrDtv0CGKydunuKJQPu0UxvaEEqpxb0bhyHR4";

describe("import users, refused", () => {
  it.each([
    [{}, "a username is missing."],
    [{ username: "a b" }, "username is no username: up to 255 letters, digits, “_”, “-” and “.”."],
    [{ username: "api" }, "“api” is reserved: a path of the server has this name."],
    [{ username: "ann", stat: "active" }, "there is no “stat”; did you mean “state”?"],
    [{ username: "ann", login: "ann" }, "login says again what username says."],
    [{ username: "ann", bio: 1.5, state: "gone" }, /^1: state is none of active, blocked/],
    [{ username: "ann", created_at: "yesterday" }, /^1: created_at is not a time/],
    [{ username: "ann", created_at: "2024-13-01" }, /^1: created_at is not a time/],
    [{ username: "ann", admin: "perhaps" }, "admin is neither true nor false."],
    [{ username: "ann", emails: ["a@b@c"] }, "emails[0] could not be an e-mail address."],
    [{ username: "ann", emails: [{ primary: true }] }, "an email is missing."],
    [{ username: "ann", timezone: "Mars/Olympus" }, /^1: timezone is no time zone/],
    [{ username: "ann", password_hash: "secret" }, /^1: password_hash is no argon2id/],
    [{ username: "ann", password_hash: `$2b$31$${"a".repeat(53)}` }, /^1: password_hash is no/],
    [{ username: "ann", ssh_keys: ["ssh-rsa nothing"] }, "ssh_keys has what is no SSH key."],
    [{ username: "ann", gpg_keys: ["nothing"] }, "gpg_keys has what is no public GPG key."],
    [{ username: "ann", status: { emoji: "nope" } }, "there is no emoji “nope”."],
    [{ username: "ann", counts: { issues: -1 } }, /^1: counts.issues is not a whole number/],
    [{ username: "ann", bio: "\u0000" }, "bio has a character that no text may have."],
    [{ username: "ann", follows: ["missing-user"] }, "follows: there is no user “missing-user”."],
    [{ username: "ann", created_by: "ghost-writer" }, /^1: created_by: there is no user/],
    [{ username: "ROOT-ADMIN2", email: "root-admin@example.test" }, /^1: one of the addresses/],
    [[1], "it is no object with a username."],
  ])("names the member and the reason of %j", async (user, problem) => {
    const { problems } = await load("one.ndjson", ndjson(user));
    const expected = typeof problem === "string" ? `1: ${problem}` : expect.stringMatching(problem);
    expect(problems).toEqual([expected]);
  });

  it("writes nothing where one line is bad and the reader stops there", async () => {
    const content = ndjson({ username: "ann" }, { username: "ann" });
    const reject = (line: number, problem: string) => {
      throw new Error(`${line}: ${problem}`);
    };
    await expect(load("two.ndjson", content, { reject })).rejects.toThrow(
      "2: “ann” stands here twice.",
    );
    expect((await admin.get("/users?username=ann")).body).toEqual([]);
  });

  it("takes back a user of whom a part is another's", async () => {
    const content = ndjson(
      { username: "ann", ssh_keys: [ED25519] },
      { username: "bob", ssh_keys: [ED25519] },
    );
    expect(await load("keys.ndjson", content)).toMatchObject({
      added: 1,
      problems: ["2: an SSH key is another user's already."],
    });
    expect((await admin.get("/users?username=bob")).body).toEqual([]);
  });

  it("names the line of bytes that are not UTF-8, in every format", async () => {
    const bad = Buffer.concat([
      Buffer.from("username,name\nann,Ann\nbob,B"),
      Buffer.from([0xf6, 0x0a]),
    ]);
    await expect(load("latin.csv", bad)).rejects.toThrow(/^Line 3 is not UTF-8/);
    const json = Buffer.from('{"username":"ann","name":"B\xf6b"}\n', "latin1");
    await expect(load("latin.ndjson", json)).rejects.toThrow(/^Line 1 is not UTF-8/);
  });

  it("refuses CSV without a header that names users", async () => {
    await expect(load("bare.csv", "ann,Ann\n")).rejects.toThrow(/no column “username”/);
  });
});

describe("import users", () => {
  it("keeps every member, so that a vendor's answer shows it", async () => {
    const { problems, follows } = await load(
      "all.ndjson",
      ndjson({
        id: 4711,
        username: "ann",
        name: "Ann",
        state: "blocked_pending_approval",
        created_at: "2020-05-31T08:00:00Z",
        confirmed_at: "2020-06-01T00:00:00Z",
        bio: "Counts.",
        job_title: "Clerk",
        organization: "Acme",
        timezone: "Europe/Berlin",
        locked: true,
        note: "pending",
        external: true,
        email_reset_offered_at: "2021-01-01T00:00:00Z",
        sign_in_count: 7,
        current_sign_in_at: "2022-02-02T02:02:02Z",
        current_sign_in_ip: "192.0.2.1",
        last_activity_on: "2022-02-02",
        email: "ann@example.org",
        emails: ["ann@example.org", { email: "second@example.org", confirmed_at: null }],
        ssh_keys: [{ title: "laptop", key: ED25519, usage_type: "auth" }],
        identities: [{ provider: "github", extern_uid: "12" }],
        custom_attributes: { team: "blue" },
        memberships: [
          { source_type: "Project", source_id: 1, source_name: "p", access_level: 30 },
          { source_type: "Namespace", source_id: 2, source_name: "g", access_level: 50 },
        ],
        counts: { groups: 2, projects: 3, issues: 8, merge_requests: 5 },
        status: { emoji: "coffee", message: "back soon", availability: "busy" },
        created_by: "bob",
        two_factor_enabled: true,
        follows: ["bob"],
      }) + ndjson({ username: "bob", bot: true }),
    );
    expect({ problems, follows }).toEqual({ problems: [], follows: 1 });
    expect(await shown("ann")).toMatchObject({
      id: 4711,
      state: "blocked_pending_approval",
      locked: true,
      created_at: "2020-05-31T08:00:00.000Z",
      confirmed_at: "2020-06-01T00:00:00.000Z",
      job_title: "Clerk",
      work_information: "Clerk at Acme",
      local_time: "1:00 AM",
      note: "pending",
      external: true,
      email: "ann@example.org",
      email_reset_offered_at: "2021-01-01T00:00:00.000Z",
      sign_in_count: 7,
      current_sign_in_at: "2022-02-02T02:02:02.000Z",
      current_sign_in_ip: "192.0.2.1",
      last_activity_on: "2022-02-02",
      identities: [expect.objectContaining({ provider: "github", extern_uid: "12" })],
      two_factor_enabled: true,
      highest_role: 50,
      created_by: expect.objectContaining({ username: "bob" }),
    });
    expect(await shown("bob")).toMatchObject({ bot: true });
    const own = async (path: string) => (await admin.get(`/users/4711/${path}`)).body as unknown;
    expect(await own("memberships")).toEqual([
      { source_id: 2, source_name: "g", source_type: "Namespace", access_level: 50 },
      { source_id: 1, source_name: "p", source_type: "Project", access_level: 30 },
    ]);
    expect(await own("associations_count")).toEqual({
      groups_count: 2,
      projects_count: 3,
      issues_count: 8,
      merge_requests_count: 5,
    });
    expect(await own("emails")).toHaveLength(2);
    expect(await own("keys")).toMatchObject([{ title: "laptop", usage_type: "auth" }]);
    expect(await own("custom_attributes")).toEqual([{ key: "team", value: "blue" }]);
    expect(await own("status")).toMatchObject({ emoji: "coffee", message: "back soon" });
  });

  it("has a member for every column that is not kept by the server itself", () => {
    const own = ["avatar", "counted_at", "created_by_id", "emptied_texts", "followers"];
    // Of the library, on PostgreSQL; the counters are in a table of their own there.
    const more = ["following", "otp_last_step", "enableRLS"];
    const kept = new Set([...own, ...more]);
    const columns = Object.values(server.store.engine.tables.users)
      .map((column) => (column as { name?: unknown } | undefined)?.name)
      .filter((name): name is string => typeof name === "string");
    expect(columns.length).toBeGreaterThan(50);
    const given = [...new Set(columns)].filter((name) => !kept.has(name));
    expect(given.sort()).toEqual(Object.keys(COLUMNS).sort());
  });

  it("leaves users who are there as they are, and changes them with update", async () => {
    const content = ndjson({ username: "ann", bio: "new", email: "new@example.org" });
    await server.user("ann");
    expect(await load("again.ndjson", content)).toMatchObject({ added: 0, alreadyThere: 1 });
    expect(await shown("ann")).toMatchObject({ bio: "", email: "ann@example.test" });
    expect(await load("again.ndjson", content, { update: true })).toMatchObject({ updated: 1 });
    expect(await shown("ann")).toMatchObject({ bio: "new", email: "new@example.org" });
  });

  it("writes nothing in a dry run, and finds what is wrong all the same", async () => {
    const content = ndjson({ username: "ann" }, { username: "ann" });
    expect(await load("dry.ndjson", content, { dryRun: true })).toMatchObject({
      added: 1,
      problems: ["2: “ann” stands here twice."],
    });
    expect((await admin.get("/users?username=ann")).body).toEqual([]);
  });

  it("refuses an id of another user, and gives other ids where that is asked for", async () => {
    const { id } = await byUsername(server.store, "root-admin");
    const content = ndjson({ id, username: "ann" });
    expect((await load("ids.ndjson", content)).problems).toEqual([
      `1: the id ${id} is another user's already; --new-ids gives other ids.`,
    ]);
    expect(await load("ids.ndjson", content, { newIds: true })).toMatchObject({ added: 1 });
  });

  it("gives no id of a file to an account that is made later", async () => {
    const own = await byUsername(server.store, "root-admin");
    const given = Array.from({ length: 3 }, (_, place) => ({
      id: own.id + 1 + place,
      username: `given-${place}`,
      emails: [{ id: 9000 + place, email: `given-${place}@example.org`, primary: true }],
    }));
    expect(await load("given.ndjson", ndjson(...given))).toMatchObject({ added: 3, problems: [] });
    const { id } = await server.user("later");
    expect(id).toBeGreaterThan(own.id + 3);
  });

  it("gives other ids to addresses and keys, too, with new ids", async () => {
    const content = ndjson({
      id: 7,
      username: "ann",
      emails: [{ id: 1, email: "ann@example.org" }],
    });
    const taken = await load("ann.ndjson", content);
    expect(taken).toMatchObject({ added: 1, problems: [] });
    const again = content.replaceAll("ann", "bob");
    expect((await load("bob.ndjson", again.replace('"id":7', '"id":8'))).problems).toEqual([
      "1: an id of an address or a key is taken; --new-ids gives other ids.",
    ]);
    expect(await load("bob.ndjson", again, { newIds: true })).toMatchObject({ added: 1 });
  });

  it("reads CSV by the vendors' names, with quotes, line ends and dotted columns", async () => {
    const content =
      "\ufefflogin;E-Mail address;is admin;bio;custom_attributes.team;memberships;keys\r\n" +
      'ann;;yes;"two\r\nlines; ""quoted""";blue;' +
      '"[{""source_id"": 1, ""access_level"": 40}]";' +
      `${ED25519}\r\n` +
      "\r\nbob;;;;;;\r\n";
    const { problems, added } = await load("people.csv", gzipSync(content), {
      ignore: ["E_Mail_address"],
    });
    expect({ problems, added }).toEqual({ problems: [], added: 2 });
    expect(await shown("ann")).toMatchObject({
      is_admin: true,
      bio: 'two\r\nlines; "quoted"',
      highest_role: 40,
    });
  });

  it("reads a file that PowerShell has written", async () => {
    const content = Buffer.from("\ufeffusername,name\r\nann,Änn\r\n", "utf16le");
    expect(await load("shell.csv", content)).toMatchObject({ added: 1 });
    expect(await shown("ann")).toMatchObject({ name: "Änn" });
  });

  it("reads people of LDIF, and says what it leaves out", async () => {
    const content = `version: 1

dn: ou=people,dc=example,dc=org
objectClass: organizationalUnit
ou: people

# Ann
dn: uid=ann,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
uid: ann
cn:: QW5uIMOEcnp0aW4=
mail: ann@example.org
mail: ann.two@example.org
title: a title that is folded
  over two lines
telephoneNumber: 123
createTimestamp: 20200531080000Z
userPassword: {CRYPT}$2b$04$abcdefghijklmnopqrstuuK7Sjs7rFYArh/ytIZsOeM/z4RV2Fw2i
pwdAccountLockedTime: 000001010000Z
`;
    const { problems, leftOut } = await load("people.ldif", content);
    expect(problems).toEqual([]);
    expect(leftOut).toEqual({ "entries that are no people": 1, telephonenumber: 1 });
    expect(await shown("ann")).toMatchObject({
      name: "Ann Ärztin",
      state: "ldap_blocked",
      email: "ann@example.org",
      job_title: "a title that is folded over two lines",
      created_at: "2020-05-31T08:00:00.000Z",
      identities: [expect.objectContaining({ provider: "ldapmain" })],
    });
  });

  it("refuses a password of LDIF that can't be checked", async () => {
    const content = "dn: uid=ann\nobjectClass: person\nuid: ann\nuserPassword: {SSHA}abc=\n";
    expect((await load("ssha.ldif", content)).problems).toEqual([
      expect.stringMatching(/^1: userPassword is \{SSHA\}, which can't be checked here/),
    ]);
    expect(await load("ssha.ldif", content, { ignore: ["userPassword"] })).toMatchObject({
      added: 1,
    });
  });

  it.each([
    ["bcrypt", "$2b$04$abcdefghijklmnopqrstuuK7Sjs7rFYArh/ytIZsOeM/z4RV2Fw2i"],
    [
      "PBKDF2 of GitLab",
      "$pbkdf2-sha512$20000$ABEiM0RVZneImaq7zN3u/w$o.zx4OR1OtjA4Spl0DXl7tTMsNX1QGWTNUunvMkkBIRXY6.kv.mEyunTqMUjS7g1UwuEa8xQiyxlXWdo9/tYeg",
    ],
    ["argon2id of another cost", ARGON2ID],
  ])(
    "lets people sign in with a password that was hashed elsewhere, and hashes it anew: %s",
    async (_, hash) => {
      await load("hash.ndjson", ndjson({ username: "ann", password_hash: hash }));
      expect(await signIn(server.store, "ann", "password124")).toBeUndefined();
      expect((await byUsername(server.store, "ann")).passwordHash).toBe(hash);
      for (const _time of ["with the old hash", "with the new one"]) {
        const user = await signIn(server.store, "ann", "password123");
        expect(user).toMatchObject({ username: "ann" });
        // OWASP's least, and what every password is hashed with that is set here.
        expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
        expect(await byUsername(server.store, "ann")).toMatchObject({
          passwordHash: user?.passwordHash,
        });
      }
      expect(await signIn(server.store, "ann", "password124")).toBeUndefined();
    },
  );

  it("leaves a password as it was hashed where it is too short to be set here, or another by now", async () => {
    const hash = hashSync("short", 4);
    await load("short.ndjson", ndjson({ username: "ann", password_hash: hash }));
    expect(await signIn(server.store, "ann", "short")).toMatchObject({ passwordHash: hash });
    const { id } = await byUsername(server.store, "ann");
    const before = hashSync("password123", 4);
    expect(await rehashPassword(server.store, id, "password123", before)).toBe(before);
    expect((await byUsername(server.store, "ann")).passwordHash).toBe(hash);
  });

  it("builds indexes anew for a large file, and searches find its users", async () => {
    const users = Array.from({ length: 1200 }, (_, number) => ({
      username: `crowd${number}`,
      email: `crowd${number}@example.org`,
    }));
    expect(await load("crowd.ndjson", ndjson(...users))).toMatchObject({ added: 1200 });
    const { body } = await admin.get("/users?search=owd1199");
    expect(body).toMatchObject([{ username: "crowd1199" }]);
    const { body: blocked } = await admin.get("/users?blocked=true");
    expect(blocked).toEqual([]);
  });
});
