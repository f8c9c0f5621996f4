import { describe, expect, it } from "@jest/globals";
import { invalidate } from "../../src/domain/invalidation.ts";
import { insertRows } from "../support/raw.ts";
import { ids, stage } from "./stage.ts";

const TOO_DEEP =
  "Offset pagination has a maximum allowed offset of 50000 for requests that return objects of " +
  "type User. Remaining records can be retrieved using keyset pagination.";

const PAGE_HEADERS = [
  ...["x-total", "x-total-pages", "x-per-page", "x-page", "x-next-page", "x-prev-page", "link"],
];

interface Answer {
  headers: Record<string, string>;
}

/** The relations of a Link header in their order, with where each leads. */
function linksOf({ headers }: Answer): [string, URL][] {
  return (headers.link ?? "").split(", ").flatMap((text) => {
    const [, url, rel] = /^<(.+)>; rel="(\w+)"$/.exec(text) ?? [];
    return url === undefined || rel === undefined ? [] : [[rel, new URL(url)]];
  });
}
const relations = (answer: Answer) => linksOf(answer).map(([rel]) => rel);
const linkTo = (answer: Answer, rel: string) => linksOf(answer).find(([each]) => each === rel)?.[1];

const shown = ({ headers }: Answer) => ({
  page: headers["x-page"],
  previous: headers["x-prev-page"],
  next: headers["x-next-page"],
  total: headers["x-total"],
  pages: headers["x-total-pages"],
  size: headers["x-per-page"],
});

describe("pages", () => {
  const here = stage();

  /** So many users besides the one who asks. */
  async function crowd(count: number) {
    const una = await here.user("una");
    const rows = Array.from({ length: count }, (_, place) => ({
      ...{ username: `dev-${place}`, name: `Name ${place % 7}` },
      ...{ confirmedAt: 1, createdAt: 1, updatedAt: place % 5 },
    }));
    const { engine } = here.store;
    await insertRows(engine, engine.tables.users, rows);
    invalidate.everything(here.store);
    return { una, asUser: await here.as(una) };
  }

  it("67: hold 20 rows and at most 100; links repeat what was asked for", async () => {
    const { asUser } = await crowd(130);
    const usual = await asUser.get("/users").expect(200);
    expect(usual.body).toHaveLength(20);
    const answer = await asUser.get("/users?per_page=200").expect(200);
    expect(answer.body).toHaveLength(100);
    expect(answer.headers["x-per-page"]).toBe("100");
    expect(linkTo(answer, "next")?.searchParams.get("per_page")).toBe("200");
  });

  it("links show every parameter with its default, sorted, below the instance's address", async () => {
    const { asUser } = await crowd(30);
    const answer = await asUser.get("/users").expect(200);
    expect(String(linkTo(answer, "next"))).toBe(
      `${here.api}/users?active=false&admins=false&blocked=false&exclude_active=false&` +
        "exclude_external=false&exclude_humans=false&exclude_internal=false&external=false&" +
        "humans=false&order_by=id&page=2&per_page=20&sort=desc&with_custom_attributes=false&" +
        "without_project_bots=false&without_projects=false",
    );
  });

  it("links show the order that GitLab fills in, but none beside a search", async () => {
    const { asUser } = await crowd(30);
    const orderIn = async (query: string) => {
      const link = linkTo(await asUser.get(`/users?${query}`).expect(200), "next");
      return ["order_by", "sort"].map((name) => new URL(String(link)).searchParams.get(name));
    };
    expect(await orderIn("sort=asc")).toEqual(["id", "asc"]);
    expect(await orderIn("order_by=name")).toEqual(["name", "desc"]);
    expect(await orderIn("pagination=keyset")).toEqual(["id", "desc"]);
    expect(await orderIn("search=name")).toEqual([null, null]);
    expect(await orderIn("search=name&sort=asc")).toEqual(["id", "asc"]);
  });

  it("68: sizes that are none", async () => {
    const { asUser } = await crowd(1);
    await asUser
      .get("/users?per_page=0")
      .expect(400, { error: "per_page has a value not allowed" });
    await asUser.get("/users?per_page=abc").expect(400, { error: "per_page is invalid" });
    await asUser.get("/users?page=abc").expect(400, { error: "page is invalid" });
    const negative = await asUser.get("/users?per_page=-5").expect(200);
    expect(negative.headers["x-per-page"]).toBe("20");
  });

  it("69: pages before the first are the first", async () => {
    const { asUser } = await crowd(25);
    const first = await asUser.get("/users").expect(200);
    for (const page of ["0", "-3"]) {
      const answer = await asUser.get(`/users?page=${page}`).expect(200);
      expect(answer.body).toEqual(first.body);
      expect(answer.headers["x-page"]).toBe("1");
    }
  });

  it("70: a page in the middle", async () => {
    const { asUser } = await crowd(44);
    const answer = await asUser.get("/users?page=2").expect(200);
    expect(shown(answer)).toEqual({
      ...{ page: "2", previous: "1", next: "3", total: "45", pages: "3", size: "20" },
    });
    expect(relations(answer)).toEqual(["prev", "next", "first", "last"]);
  });

  it("71: the first page and the last", async () => {
    const { asUser } = await crowd(44);
    const first = await asUser.get("/users").expect(200);
    expect(first.headers["x-prev-page"]).toBe("");
    expect(relations(first)).toEqual(["next", "first", "last"]);
    const last = await asUser.get("/users?page=3").expect(200);
    expect(last.body).toHaveLength(5);
    expect(last.headers["x-next-page"]).toBe("");
    expect(relations(last)).toEqual(["prev", "first", "last"]);
  });

  it("72: a page past the end", async () => {
    const { asUser } = await crowd(44);
    const answer = await asUser.get("/users?page=9").expect(200);
    expect(answer.body).toEqual([]);
    expect(shown(answer)).toMatchObject({ page: "9", previous: "", next: "", total: "45" });
    expect(relations(answer)).toEqual(["first", "last"]);
  });

  it("73: an empty list has one page", async () => {
    const { asUser } = await crowd(0);
    const answer = await asUser.get("/users?search=missing").expect(200, []);
    expect(shown(answer)).toMatchObject({ page: "1", total: "0", pages: "1", next: "" });
    expect(relations(answer)).toEqual(["first", "last"]);
  });

  it("74: links repeat the parameters of the path", async () => {
    const { asUser, una } = await crowd(0);
    const answer = await asUser.get(`/users/${una.id}/followers`).expect(200);
    const last = `${here.api}/users/${una.id}/followers?id=${una.id}&page=1&per_page=20`;
    expect(String(linkTo(answer, "last"))).toBe(last);
  });

  describe("with more parameters than a URL takes", () => {
    const long = "x".repeat(3000);
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`name${n}`, "value"]));

    it.each([
      ["an unknown one", { nonsense: long }],
      ["many of them", many],
      ["a deep one", { nonsense: { deep: [long, long] } }],
    ])("links leave out %s, and no more", async (_, nonsense) => {
      await crowd(45);
      const root = await here.as(await here.user("root2", { admin: true }), "api", "sudo");
      const wanted = { order_by: "name", sort: "asc", search: "Name", sudo: "una", per_page: 2 };
      const plainly = await root.get("/users").query(wanted).expect(200);
      const loudly = await root
        .get("/users")
        .send({ ...wanted, ...nonsense })
        .expect(200);
      expect(linkTo(plainly, "next")?.searchParams.get("sudo")).toBe("una");
      expect(loudly.headers.link).toBe(plainly.headers.link);
      expect(loudly.body).toEqual(plainly.body);
    });

    it("links repeat one that changes the list, if to the next page alone", async () => {
      const { asUser } = await crowd(45);
      const wanted = { created_before: "2030-01-01", search: " ".repeat(1200) };
      const answer = await asUser.get("/users").send(wanted).expect(200);
      expect(relations(answer)).toEqual(["next"]);
      const next = linkTo(answer, "next");
      expect(next?.searchParams.get("search")).toBe(wanted.search);
      expect(shown(answer)).toMatchObject({ next: "2", pages: "3" });
    });

    it("there are no links that are too long to ask for", async () => {
      const { asUser } = await crowd(45);
      const answer = await asUser
        .get("/users")
        .send({ search: "\u3000".repeat(2000) })
        .expect(200);
      expect(answer.headers).not.toHaveProperty("link");
      expect(shown(answer)).toMatchObject({ next: "2", pages: "3" });
    });

    it("short of that they repeat everything", async () => {
      const { asUser } = await crowd(45);
      const nonsense = "x".repeat(1000);
      const answer = await asUser.get("/users").query({ nonsense }).expect(200);
      expect(linkTo(answer, "last")?.searchParams.get("nonsense")).toBe(nonsense);
    });
  });

  it("75: more than 10,000 rows are not counted", async () => {
    const { asUser } = await crowd(9_999);
    const exact = await asUser.get("/users?page=100&per_page=100").expect(200);
    expect(shown(exact)).toMatchObject({ total: "10000", pages: "100", next: "" });
    await here.user("one-more");
    const second = await asUser.get("/users?page=2&per_page=100").expect(200);
    expect(shown(second)).toMatchObject({ page: "2", previous: "1", next: "3", size: "100" });
    expect(second.headers).not.toHaveProperty("x-total");
    expect(second.headers).not.toHaveProperty("x-total-pages");
    expect(relations(second)).toEqual(["prev", "next", "first"]);
    const last = await asUser.get("/users?page=101&per_page=100").expect(200);
    expect(last.body).toHaveLength(1);
    expect(shown(last)).toMatchObject({ previous: "100", next: "" });
    const past = await asUser.get("/users?page=102&per_page=100").expect(200, []);
    expect(shown(past)).toMatchObject({ previous: "", next: "" });
  });

  it("75: a search that finds more still begins with the best match and gives each row once", async () => {
    const { asUser } = await crowd(10_050);
    const seen = new Set<number>();
    const first = await asUser.get("/users?search=dev-&per_page=100").expect(200);
    expect(first.headers).not.toHaveProperty("x-total");
    const exact = await asUser.get("/users?search=name+3&per_page=100").expect(200);
    expect(exact.body[0].name).toBe("Name 3");
    for (let page = 1; page <= 102; page += 1) {
      const answer = await asUser.get(`/users?search=dev-&per_page=100&page=${page}`).expect(200);
      for (const id of ids(answer)) seen.add(id);
      expect(answer.headers["x-next-page"]).toBe(page < 101 ? String(page + 1) : "");
    }
    expect(seen.size).toBe(10_050);
  });

  it("76: page numbers do not go past row 50,000", async () => {
    const { asUser, una } = await crowd(0);
    await asUser.get("/users?page=501&per_page=100").expect(405, { error: TOO_DEEP });
    await asUser.get("/users?page=500&per_page=100").expect(200, []);
    await asUser.get(`/users/${una.id}/followers?page=501&per_page=100`).expect(200, []);
  });

  it("77: cursors lead through everybody, with a Link alone", async () => {
    const { asUser, una } = await crowd(2);
    let path = "/users?pagination=keyset&per_page=1";
    const seen: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await asUser.get(path).expect(200);
      seen.push(...ids(answer));
      for (const name of PAGE_HEADERS.filter((each) => each !== "link")) {
        expect(answer.headers).not.toHaveProperty(name);
      }
      const next = linkTo(answer, "next");
      if (turn === 2) {
        expect(answer.headers).not.toHaveProperty("link");
        break;
      }
      expect(relations(answer)).toEqual(["next"]);
      expect(next?.searchParams.get("cursor")).toBeTruthy();
      expect(next?.searchParams.get("pagination")).toBe("keyset");
      path = String(next).slice(here.api.length);
    }
    expect(seen).toEqual([una.id + 2, una.id + 1, una.id]);
  });

  it.each(["id", "name", "username", "created_at", "updated_at"])(
    "77: cursors follow the order by %s, both ways",
    async (column) => {
      const { asUser } = await crowd(40);
      for (const sort of ["asc", "desc"]) {
        const order = `order_by=${column}&sort=${sort}`;
        const numbered = await asUser.get(`/users?${order}&per_page=100`).expect(200);
        const seen: number[] = [];
        let path: string | undefined = `/users?pagination=keyset&per_page=7&${order}`;
        while (path !== undefined) {
          const answer: Answer & { body: unknown } = await asUser.get(path).expect(200);
          seen.push(...ids(answer));
          const next = linkTo(answer, "next");
          path = next && String(next).slice(here.api.length);
        }
        expect(seen).toEqual(ids(numbered));
        expect(seen).toHaveLength(41);
      }
    },
  );

  it("77: cursors that were never given, and an order that has none", async () => {
    const { asUser } = await crowd(2);
    for (const cursor of ["x", "bnVsbA", Buffer.from('{"id":"a"}').toString("base64")]) {
      const path = `/users?pagination=keyset&cursor=${cursor}`;
      await asUser.get(path).expect(400, { error: "cursor is invalid" });
    }
    const error = "Keyset pagination is not yet available for this type of request";
    await asUser.get("/users?pagination=keyset&search=dev").expect(405, { error });
    await asUser.get("/users?pagination=keyset&search=dev&order_by=id").expect(200);
  });

  it("78: followers know no cursors", async () => {
    const { asUser, una } = await crowd(0);
    await here.fans(una, 3);
    const answer = await asUser.get(`/users/${una.id}/followers?pagination=keyset&per_page=2`);
    expect(answer.body).toHaveLength(2);
    expect(shown(answer)).toMatchObject({ page: "1", next: "2", total: "3", pages: "2" });
    expect(linkTo(answer, "next")?.searchParams.get("pagination")).toBe("keyset");
  });
});
