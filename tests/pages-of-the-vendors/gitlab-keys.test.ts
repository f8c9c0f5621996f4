import { beforeAll, describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import { page } from "./page.ts";

/** The key of the page's examples. */
const KEY =
  "ssh-rsa AAAAB3NzaC1yc2EAAAABJQAAAIEAiPWx6WM4lhHNedGfBpPJNPpZ7yKu+dnn1SJejgt4596k6YjzGGphH2TUxwKzxcKDKKezwkpfnxPkSMkuEspGRt/aZZ9wa++Oi7Qkr8prgHc4soW6NUlfDzpvZK2H5E7eQaSeP3SAwGmQKUFHCddNaP0L+hM7zhFNzjFvpaMgJw0=";
/** The page shows the same key twice, which the vendor refuses: here is another one. */
const OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIeDV7Bj0xUQ1Fh8YbMSzWYNTLKJUuJ5mF3N9eUjHcKb";
const CREATED = "2014-08-01T14:47:39.080Z";
const TAKEN = { fingerprint: ["has already been taken"], key: ["has already been taken"] };

/** https://docs.gitlab.com/17.11/api/user_keys/ */
describe("GitLab's page of SSH keys", () => {
  const on = page(
    {
      users: [
        {
          ...{ id: 1, username: "john_smith" },
          ssh_keys: [
            { id: 1, title: "Public key", key: KEY, created_at: CREATED },
            { id: 3, title: "Another Public key", key: OTHER, created_at: CREATED },
          ],
        },
        { id: 2, username: "jack_smith" },
        { id: 3, username: "root", admin: true },
      ],
    },
    "2015-01-21T00:00:00Z",
  );
  const first = { id: 1, title: "Public key", key: expect.stringContaining(KEY) };
  const other = { id: 3, title: "Another Public key", key: expect.stringContaining(OTHER) };
  const both = [first, other].map((key) =>
    expect.objectContaining({ ...key, created_at: CREATED }),
  );

  it("GET /user/keys and /users/:id/keys list both", async () => {
    expect((await on.gitlab("GET /api/v4/user/keys", "john_smith")).body).toEqual(both);
    for (const user of ["1", "john_smith"]) {
      expect((await on.gitlab(`GET /api/v4/users/${user}/keys`)).body).toEqual(both);
    }
  });

  it.each<[string, string | undefined]>([
    ["GET /api/v4/user/keys/1", "john_smith"],
    ["GET /api/v4/users/1/keys/1", undefined],
  ])("%s shows one", async (request, username) => {
    const { status, body } = await on.gitlab(request, username);
    expect([status, body]).toEqual([200, both[0]]);
  });

  it.each([
    ["POST /api/v4/user/keys", "jack_smith"],
    ["POST /api/v4/users/2/keys", "root"],
  ])("%s adds one, once", async (request, username) => {
    await on.gitlab("DELETE /api/v4/users/1/keys/1", "root");
    const sent = { title: "ABC", key: KEY, expires_at: "2016-01-21", usage_type: "auth" };
    const { status, body } = await on.gitlab(request, username, new URLSearchParams(sent));
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        ...{ title: "ABC", key: expect.stringContaining(KEY) },
        ...{ expires_at: "2016-01-21T00:00:00.000Z", usage_type: "auth" },
      },
    });
    const again = await on.gitlab(request, username, new URLSearchParams(sent));
    // Newer versions say fingerprint_sha256, too.
    expect(again).toMatchObject({ status: 400, body: { message: TAKEN } });
  });

  it.each([
    ["DELETE /api/v4/user/keys/3", "john_smith"],
    ["DELETE /api/v4/users/1/keys/3", "root"],
  ])("%s is 204, and 404 when there is none", async (request, username) => {
    expect(await on.gitlab(request, username)).toEqual({ status: 204, body: "" });
    expect((await on.gitlab(request, username)).status).toBe(404);
  });
});

describe("GitLab's page of GPG keys", () => {
  let block = "";
  beforeAll(async () => {
    const made = await generateKey({ type: "ecc", userIDs: [{ name: "John Smith" }] });
    block = made.publicKey;
  });
  const on = page(
    {
      users: [
        { id: 1, username: "john_smith" },
        { id: 2, username: "jack_smith" },
        { id: 3, username: "root", admin: true },
      ],
    },
    "2017-09-05T09:17:46.264Z",
  );
  const shown = () => ({ id: 1, key: block.trim(), created_at: "2017-09-05T09:17:46.264Z" });
  const add = (request: string, username: string) =>
    on.gitlab(request, username, new URLSearchParams({ key: block }));

  it("POST /user/gpg_keys adds the key that the lists and the key's own address show", async () => {
    // The page shows a list with the key in it; the vendor sends the key alone.
    expect(await add("POST /api/v4/user/gpg_keys", "jack_smith")).toEqual({
      status: 201,
      body: shown(),
    });
    const own = await on.gitlab("GET /api/v4/user/gpg_keys", "jack_smith");
    expect(own.body).toEqual([shown()]);
    expect((await on.gitlab("GET /api/v4/users/2/gpg_keys")).body).toEqual([shown()]);
    const one = await on.gitlab("GET /api/v4/user/gpg_keys/1", "jack_smith");
    expect(one.body).toEqual(shown());
    expect((await on.gitlab("GET /api/v4/users/2/gpg_keys/1")).body).toEqual(shown());
  });

  it.each([
    ["DELETE /api/v4/user/gpg_keys/1", "jack_smith"],
    ["DELETE /api/v4/users/2/gpg_keys/1", "root"],
  ])("%s is 204, and 404 when there is none", async (request, username) => {
    expect((await add("POST /api/v4/users/2/gpg_keys", "root")).body).toEqual(shown());
    expect(await on.gitlab(request, username)).toEqual({ status: 204, body: "" });
    expect(await on.gitlab(request, username)).toEqual({
      status: 404,
      body: { message: "404 GPG Key Not Found" },
    });
  });
});

/** https://docs.gitlab.com/17.11/api/user_email_addresses/ */
describe("GitLab's page of e-mail addresses", () => {
  const confirmed = "2021-03-26T19:07:56.248Z";
  const on = page(
    {
      users: [
        {
          ...{ id: 7, username: "john_smith" },
          emails: [
            { id: 9, email: "john@example.com", primary: true },
            { id: 1, email: "email@example.com", confirmed_at: confirmed },
            { id: 3, email: "email2@example.com", confirmed_at: null },
          ],
        },
        { id: 8, username: "jack_smith" },
        { id: 6, username: "root", admin: true },
      ],
    },
    confirmed,
  );
  const first = { id: 1, email: "email@example.com", confirmed_at: confirmed };
  const second = { id: 3, email: "email2@example.com", confirmed_at: null };

  it.each([
    ["GET /api/v4/user/emails", "john_smith"],
    ["GET /api/v4/users/7/emails", "root"],
  ])("%s lists both", async (request, username) => {
    const { body } = await on.gitlab(request, username);
    expect(body).toEqual(expect.arrayContaining([first, second]));
  });

  it("GET /user/emails/:id shows one", async () => {
    expect((await on.gitlab("GET /api/v4/user/emails/1", "john_smith")).body).toEqual(first);
  });

  it("POST /user/emails adds one, once", async () => {
    const sent = () => new URLSearchParams({ email: "email4@example.com" });
    const added = await on.gitlab("POST /api/v4/user/emails", "jack_smith", sent());
    expect(added).toMatchObject({ status: 201, body: { email: "email4@example.com" } });
    const again = await on.gitlab("POST /api/v4/user/emails", "jack_smith", sent());
    expect(again).toEqual({
      status: 400,
      body: { message: { email: ["has already been taken"] } },
    });
  });

  it("POST /users/:id/emails confirms it where skip_confirmation says so", async () => {
    const sent = new URLSearchParams({ email: "e5@example.com", skip_confirmation: "true" });
    expect(await on.gitlab("POST /api/v4/users/8/emails", "root", sent)).toEqual({
      status: 201,
      body: { id: expect.any(Number), email: "e5@example.com", confirmed_at: confirmed },
    });
  });

  it.each([
    ["DELETE /api/v4/user/emails/3", "john_smith"],
    ["DELETE /api/v4/users/7/emails/3", "root"],
  ])("%s is 204, and 404 when there is none", async (request, username) => {
    expect(await on.gitlab(request, username)).toEqual({ status: 204, body: "" });
    expect((await on.gitlab(request, username)).status).toBe(404);
  });
});
