import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import request from "supertest";
import { client, type World, world } from "../support/server.ts";

/**
 * GitLab looks for names with ILIKE, in which capitals of every alphabet are small letters, too, and
 * `%`, `_` and `\` are taken as they are. The same on both engines.
 */
const NAMES: Readonly<Record<string, string>> = {
  ada: "ÄDA Ünal",
  amelie: "Amélie",
  combining: "Ame\u0301lie",
  ivan: "ИВАН Иванович",
  li: "李明",
  octo: "🐙🐙 octo",
  odette: "Öz",
  signs: "... dots ---",
  sisyphos: "ΣΊΣΥΦΟΣ",
  strasse: "Straße",
  uni: "𝔘𝔫𝔦",
  wild: "100%_sure\\",
  wilder: "100x sure",
};

let here: World;
const tokens = new Map<string, string>();
beforeAll(async () => {
  here = await world({ config: { lookupLimit: 0 } });
  for (const [username, name] of Object.entries(NAMES)) {
    const token = await here.token(await here.user(username), "user", "api");
    const location = `in ${name}`;
    await client(here, token).patch("/api/v3/user").send({ name, location }).expect(200);
    tokens.set(username, token);
  }
});
afterAll(() => here.close());

async function found(path: string, query: object): Promise<string[]> {
  const token = tokens.get("ada") ?? "";
  const isGithub = path.endsWith("/search/users");
  const { body } = await request(here.url)
    .get(path)
    .query(query)
    .set("User-Agent", "names")
    .set(isGithub ? { authorization: `token ${token}` } : { "private-token": token })
    .expect(200);
  const people = (body as { items?: unknown }).items ?? body;
  return (people as { login?: string; username?: string }[])
    .map(({ login, username }) => login ?? username ?? "")
    .sort();
}

describe("a name of Unicode", () => {
  it.each(Object.entries(NAMES))(
    "of %s comes back as it was given (%s)",
    async (username, name) => {
      const github = await client(here).get(`/api/v3/users/${username}`).expect(200);
      expect(github.body).toMatchObject({ name, location: `in ${name}` });
      expect(await found("/api/v4/users", { username })).toEqual([username]);
    },
  );

  it.each<[text: string, ...usernames: string[]]>([
    ["ÄDA", "ada"],
    ["äda", "ada"],
    ["äDa üNaL", "ada"],
    ["amélie", "amelie"],
    ["AMÉLIE", "amelie"],
    ["ame\u0301lie", "combining"],
    ["иван", "ivan"],
    ["ИВАНОВИЧ", "ivan"],
    ["σίσυ", "sisyphos"],
    ["straße", "strasse"],
    ["🐙🐙 octo", "octo"],
    ["𝔘𝔫𝔦", "uni"],
    ["100%_", "wild"],
    ["0%_s", "wild"],
    ["sure\\", "wild"],
    ["100", "wild", "wilder"],
    ["...", "signs"],
    ["%%%"],
    ["___"],
    ["\\\\\\"],
    ['"""'],
    ["***"],
    ["🐙🐙🐙"],
  ])("is found by %j: %j", async (search, ...usernames) => {
    expect(await found("/api/v4/users", { search })).toEqual(usernames);
    expect(await found("/api/v3/search/users", { q: `${search} in:name` })).toEqual(usernames);
  });

  it.each<[text: string, ...usernames: string[]]>([
    ["Öz", "odette"],
    ["李明", "li"],
  ])("of two letters is found by GitLab's search as it is (%s)", async (search, ...usernames) => {
    expect(await found("/api/v4/users", { search })).toEqual(usernames);
  });

  it.each<[text: string, ...usernames: string[]]>([
    ["ö", "odette"],
    ["Й"],
    ["и", "ivan"],
    ["ü", "ada"],
    ["李", "li"],
    ["🐙", "octo"],
    ["%", "wild"],
    ["_", "wild"],
    ["\\", "wild"],
  ])("is found by GitHub's and v3's by one sign (%s)", async (text, ...usernames) => {
    expect(await found("/api/v3/search/users", { q: `${text} in:name` })).toEqual(usernames);
    expect(await found("/api/v3/users", { search: text })).toEqual(usernames);
  });

  it.each<[text: string, ...usernames: string[]]>([
    ["äda", "ada"],
    ["ÖZ", "odette"],
    ["иван", "ivan"],
    ["100%", "wild"],
  ])("in a location is found by %s", async (text, ...usernames) => {
    expect(await found("/api/v3/search/users", { q: `location:"${text}"` })).toEqual(usernames);
  });
});
