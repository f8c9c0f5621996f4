import { type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { follow, unfollow } from "../../src/domain/follows/follows.ts";
import type { User } from "../../src/domain/user.ts";
import { eventually } from "../support/eventually.ts";
import { type World, world } from "../support/server.ts";

const FANS = 40;
const DECODERS = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync };
const CODINGS = Object.keys(DECODERS) as (keyof typeof DECODERS)[];

let here: World;
let mona: User;
let fans: User[];
let token: string;

beforeAll(async () => {
  here = await world();
  mona = await here.user("mona");
  fans = [];
  for (let number = 0; number < FANS; number += 1) fans.push(await here.user(`fan-${number}`));
  for (const fan of fans) await follow(here.store, fan.id, mona.id);
  token = await here.token(mona, "user", "api");
});
afterAll(() => here.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** Asks with exactly these headers, and leaves the answer as it came. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const own = { "user-agent": "test", authorization: `Bearer ${token}`, ...headers };
    const sent = request(here.url + path, { method, headers: own }, (answer) => {
      buffer(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }),
        reject,
      );
    });
    sent.on("error", reject).end();
  });
}

const text = ({ headers, bytes }: Answer): string => {
  const coding = headers["content-encoding"] as keyof typeof DECODERS | undefined;
  return (coding === undefined ? bytes : DECODERS[coding](bytes)).toString();
};

/** Asks until the page is sent in a coding. */
const compressed = (path: string, coding: string) =>
  eventually(async () => {
    const answer = await ask(path, { "accept-encoding": coding });
    if (answer.status !== 200) throw new Error(`${path} is answered ${answer.status}.`);
    return answer.headers["content-encoding"] === undefined ? undefined : answer;
  });

let asked = 0;
const next = (): number => {
  asked += 1;
  return asked;
};
/** An address that was not asked before. */
const fresh: Readonly<Record<string, () => string>> = {
  "GitHub's": () => `/api/v3/users/mona/followers?fresh=${next()}`,
  "GitLab's": () => `/api/v4/users/${mona.id}/followers?per_page=${30 + next()}`,
};

describe.each(Object.entries(fresh))("a hot page in %s dialect", (_, path) => {
  it.each(CODINGS)("comes in %s, with the text and the tag that it has without", async (coding) => {
    const page = path();
    const plain = await ask(page);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const answer = await compressed(page, coding);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-encoding"]).toBe(coding);
    expect(answer.headers["content-length"]).toBe(String(answer.bytes.length));
    expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 3);
    expect(text(answer)).toBe(plain.bytes.toString());
    expect(answer.headers.etag).toMatch(/^W\/"/);
    expect(answer.headers.etag).toBe(plain.headers.etag);
    for (const { headers } of [plain, answer]) expect(headers.vary).toMatch(/\bAccept-Encoding\b/);
    expect(answer.headers["content-type"]).toBe(plain.headers["content-type"]);
    expect(answer.headers.link).toBe(plain.headers.link);
  });

  it("has the same head for HEAD, and no body", async () => {
    const page = path();
    const answer = await compressed(page, "gzip");
    const head = await ask(page, { "accept-encoding": "gzip" }, "HEAD");
    expect(head.bytes).toHaveLength(0);
    for (const name of ["content-encoding", "content-length", "content-type", "etag", "vary"]) {
      expect([name, head.headers[name]]).toEqual([name, answer.headers[name]]);
    }
  });

  it("is a 304 to callers who have it, in any form", async () => {
    const page = path();
    const { headers } = await compressed(page, "br");
    const tag = headers.etag ?? "";
    for (const coding of ["br", "gzip", "identity", ""]) {
      const known = { "if-none-match": tag, "accept-encoding": coding };
      const { status, headers: own, bytes } = await ask(page, known);
      expect([status, bytes.length, own["content-encoding"]]).toEqual([304, 0, undefined]);
      expect(own.vary).toMatch(/\bAccept-Encoding\b/);
    }
  });

  it("is the new one, compressed or not, once it has changed", async () => {
    const page = path();
    const { headers } = await compressed(page, "gzip");
    const [first] = fans as [User];
    await unfollow(here.store, first.id, mona.id);
    const known = { "if-none-match": headers.etag ?? "", "accept-encoding": "gzip" };
    const changed = await ask(page, known);
    expect(changed.status).toBe(200);
    expect(text(changed)).not.toContain('"fan-0"');
    const answer = await compressed(page, "gzip");
    expect(text(answer)).toBe(text(await ask(page)));
    expect(answer.headers.etag).not.toBe(headers.etag);
    await follow(here.store, first.id, mona.id);
  });

  it.each([
    ["gzip;q=0", undefined],
    ["gzip;q=0, br", "br"],
    ["br;q=0.5, gzip;q=0.8", "gzip"],
    ["br;q=0.5, gzip;q=0.4, identity;q=0.9", undefined],
    ["zstd, *;q=0", "zstd"],
    ["identity", undefined],
    ["deflate, compress", undefined],
    ["GZIP", "gzip"],
    ["gzip;q=2", "gzip"],
    ["", undefined],
  ])("is sent to %j in the coding %s", async (header, coding) => {
    const page = path();
    // All forms are there, so that what a client gets is what it likes best.
    for (const each of CODINGS) await compressed(page, each);
    const answer = await ask(page, { "accept-encoding": header });
    expect(answer.headers["content-encoding"]).toBe(coding);
    expect(text(answer)).toBe(text(await ask(page)));
  });

  it.each(["identity;q=0, gzip", "gzip, *;q=0"])(
    "is compressed at once for who refuses it otherwise: %s",
    async (header) => {
      const answer = await ask(path(), { "accept-encoding": header });
      expect(answer.headers["content-encoding"]).toBe("gzip");
      expect(text(answer)).toMatch(/^\[\{/);
    },
  );

  it("is sent as it is to who refuses everything", async () => {
    const answer = await ask(path(), { "accept-encoding": "*;q=0" });
    expect([answer.status, answer.headers["content-encoding"]]).toEqual([200, undefined]);
  });
});

describe("memory for compressed pages", () => {
  it("counts among that of pages", async () => {
    const page = fresh["GitHub's"]?.() ?? "";
    // A page is kept the second time.
    await ask(page);
    await ask(page);
    const before = here.store.responses.sizes.pages;
    const { bytes } = await compressed(page, "gzip");
    expect(here.store.responses.sizes.pages).toBe(before + bytes.length);
  });
});

describe("what is made for one caller", () => {
  it.each([
    ["a script", "/api/v3/users/mona/followers?callback=f", "test"],
    ["a page for people", "/api/v3/users/mona/followers?pretty", "curl/8"],
  ])("is not what others get compressed: %s", async (_, path, agent) => {
    const headers = { "accept-encoding": "gzip", "user-agent": agent };
    let last: Answer | undefined;
    for (let turn = 0; turn < 6; turn += 1) last = await ask(path, headers);
    expect(last?.headers["content-encoding"]).toBeUndefined();
    expect(last?.bytes.toString()).toMatch(/^(?:\/\*\*\/f\(|\[\n {2}\{)/);
  });
});
