import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { identicon } from "../../src/domain/profile/identicon.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { UnavailableError } from "../../src/storage/errors.ts";
import { type InstanceServer, instanceServer } from "./server.ts";

let server: InstanceServer;
let path: string;
let id: number;
beforeAll(async () => {
  server = await instanceServer();
  ({ id } = await server.user("mona"));
  path = `/avatars/u/${id}`;
});
afterEach(() => server.mend());
afterAll(() => server.close());

/** Breaks the next look at the database. */
function breakDatabase(error: Error): void {
  const { store } = server;
  const prepared = () => {
    throw error;
  };
  server.broken.store = { ...store, engine: { ...store.engine, prepared } };
}

describe("GET /avatars/u/{account_id}", () => {
  it.each(["999", "abc", "1e0", "-1", "1%00", "%2e", "9".repeat(16), "%ff"])(
    "answers 404 to /avatars/u/%s",
    async (unknown) => {
      const { status, body } = await server.client().get(`/avatars/u/${unknown}`);
      expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
    },
  );

  it.each([
    ["a fault of ours", new TypeError("x is not a function"), 500, "500 Internal Server Error"],
    ["a fault of the disk", new UnavailableError("disk I/O error"), 503, "503 Service Unavailable"],
  ])("tells %s to the log alone", async (_what, error, expected, text) => {
    breakDatabase(error);
    const { status, body, headers } = await server.client().get(path);
    expect([status, body]).toEqual([expected, { error: text }]);
    expect(headers["cache-control"]).toBe("no-store");
    expect(server.logged).toEqual([{ err: error, id: headers["x-request-id"] }]);
  });

  it("draws the user's picture", async () => {
    const { status, body, headers } = await server.client().get(path);
    expect(status).toBe(200);
    expect(body).toEqual(identicon(id, 420));
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-length": String(body.length),
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'",
      "access-control-allow-origin": "*",
    });
  });

  it.each([
    ["s=40", 40],
    ["size=64", 64],
    ["s=40&size=64", 40],
    ["v=4&s=48", 48],
    ["s=8", 8],
    ["s=460", 460],
    ["s=7", 8],
    ["s=-5", 8],
    ["s=0", 8],
    ["s=461", 460],
    ["s=99999999999999999999", 460],
    ["s=40.9", 40],
    ["s=40px", 40],
    ["s=", 420],
    ["s", 420],
    ["s=big", 420],
    ["s=NaN", 420],
    ["s=a:b/c", 420],
    ["", 420],
  ])("takes ?%s for %d pixels", async (query, size) => {
    const { status, body } = await server.client().get(`${path}?${query}`);
    expect(status).toBe(200);
    expect(body.readUInt32BE(16)).toBe(size);
    expect(body).toEqual(identicon(id, size));
  });

  it("in private mode hides which users exist: every number has a picture", async () => {
    server.broken.privateMode = true;
    const known = await server.client().get(path).expect(200);
    for (const unknown of [0, 999, 999_999_999_999_999]) {
      const { status, body, headers } = await server.client().get(`/avatars/u/${unknown}?s=40`);
      expect([status, body]).toEqual([200, identicon(unknown, 40)]);
      expect(Object.keys(headers)).toEqual(Object.keys(known.headers));
      expect(headers["cache-control"]).toBe(known.headers["cache-control"]);
    }
    for (const none of ["abc", "-1", "9".repeat(16)]) {
      await server.client().get(`/avatars/u/${none}`).expect(404);
    }
  });

  it("in private mode shows no picture that a user chose, by either address", async () => {
    const fileName = "face.png";
    const picture = { fileName, mediaType: "image/png", bytes: Buffer.from("a chosen picture") };
    const chooser = await server.user("chooser");
    await accounts.updateAccount(server.store, chooser.id, { picture });
    const numbered = `/avatars/u/${chooser.id}`;
    const uploaded = `/uploads/-/system/user/avatar/${chooser.id}/${fileName}`;
    expect((await server.client().get(numbered).expect(200)).body).toEqual(picture.bytes);
    await server.client().get(uploaded).expect(200);
    server.broken.privateMode = true;
    const { body } = await server.client().get(numbered).expect(200);
    expect(body).toEqual(identicon(chooser.id, 420));
    await server.client().get(uploaded).expect(404);
  });

  it("has a strong tag that knows the user and the size", async () => {
    const other = await server.user("hubot");
    const tagOf = async (url: string) => (await server.client().get(url)).headers.etag;
    const tags = [
      await tagOf(path),
      await tagOf(`${path}?s=40`),
      await tagOf(`/avatars/u/${other.id}`),
    ];
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/);
    expect(await tagOf(`${path}?s=420`)).toBe(tags[0]);
  });

  it("answers 304 to those who have it", async () => {
    const { headers } = await server.client().get(path);
    const tag = String(headers.etag);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const again = await server.client().get(path).set("If-None-Match", known);
      expect([again.status, again.text ?? ""]).toEqual([304, ""]);
      expect(again.headers).toMatchObject({ etag: tag, "cache-control": "public, max-age=300" });
    }
    await server.client().get(path).set("If-None-Match", '"x"').expect(200);
    await server.client().get(`${path}?s=40`).set("If-None-Match", tag).expect(200);
  });

  it("answers HEAD without a body", async () => {
    const { headers } = await server.client().head(path).expect(200);
    expect(headers["content-length"]).toBe(String(identicon(id, 420).length));
  });
});
