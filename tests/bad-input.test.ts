import { once } from "node:events";
import { connect } from "node:net";
import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../src/domain/user.ts";
import { isRefusal, type RawAnswer, secretIn, send } from "./http/wire.ts";
import { rows, withoutVisits } from "./storage/opened.ts";
import { stage } from "./support/stage.ts";

const server = stage();

let mona: User;
let token: string;

beforeEach(async () => {
  mona = await server.user("mona", { admin: true });
  token = await server.world.token(mona, "user", "site_admin", "admin:public_key");
});

const lines = (...all: string[]) => `${all.join("\r\n")}\r\n\r\n`;
const COMMON = ["Host: h", "User-Agent: x", "Connection: close"];
const get = (target: string, ...headers: string[]) =>
  lines(`GET ${target} HTTP/1.1`, ...COMMON, ...headers);
const withToken = () => `Authorization: token ${token}`;
const sending = (method: string, path: string, body: string | Buffer, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from(
      lines(
        `${method} ${path} HTTP/1.1`,
        ...COMMON,
        withToken(),
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...headers,
      ),
      "latin1",
    ),
    Buffer.from(body),
  ]);
const patch = (body: string | Buffer, ...headers: string[]) =>
  sending("PATCH", "/api/v3/user", body, ...headers);

/** Sends it, and holds that the server lives on and has told nothing. */
async function asked(bytes: string | Buffer, options?: { half: boolean }): Promise<RawAnswer> {
  const answer = await send(server.world.url, bytes, options);
  expect(secretIn(answer.body)).toBeUndefined();
  const after = await send(server.world.url, get("/api/v3/users/mona"));
  expect(after.status).toBe(200);
  return answer;
}

const refused = (status: number, answer: RawAnswer) => {
  expect(answer.status).toBe(status);
  expect(isRefusal(answer.body, status)).toBe(true);
};

describe("requests that are no HTTP are refused, and their connection closed", () => {
  const bare = (status: number, answer: RawAnswer) => {
    expect(answer.status).toBe(status);
    expect(answer.head).toMatch(/connection: close/i);
    expect(answer.body.replace(/^0\s*$/, "")).toBe("");
  };

  it.each<[string, string | Buffer]>([
    ["another protocol", Buffer.from("1603010200010001fc0303", "hex")],
    ["a method that no operation has", lines("BREW /api/v3/users/mona HTTP/1.1", ...COMMON)],
    ["a path without its slash", get("api/v3/users/mona")],
    ["bytes above 127 in a path", Buffer.from(get("/api/v3/users/m\xf6\xff"), "latin1")],
    ["a control character in a path", get("/api/v3/users/mo\x01na")],
    ["a header with a line break in it", get("/", "X-A: b\n c: d\r e")],
    ["a header without a colon", get("/", "nonsense")],
    ["a header with a space before its colon", get("/", "Content-Length : 1")],
    ["a header with a NUL", get("/", "X-A: \0")],
    ["no host", lines("GET / HTTP/1.1", "User-Agent: x")],
    [
      "both kinds of length",
      `${lines("POST /api/v3/user/emails HTTP/1.1", ...COMMON, "Content-Length: 4", "Transfer-Encoding: chunked")}0\r\n\r\n`,
    ],
    [
      "two lengths",
      `${lines("POST /api/v3/user/emails HTTP/1.1", ...COMMON, "Content-Length: 4", "Content-Length: 5")}[]  `,
    ],
    ["a length below nothing", lines("POST / HTTP/1.1", ...COMMON, "Content-Length: -1")],
    ["a length with a sign", `${lines("POST / HTTP/1.1", ...COMMON, "Content-Length: +2")}[]`],
    [
      "an encoding behind chunks",
      lines("POST / HTTP/1.1", ...COMMON, "Transfer-Encoding: chunked, gzip"),
    ],
    [
      "an unknown transfer encoding",
      lines("POST / HTTP/1.1", ...COMMON, "Transfer-Encoding: gzip"),
    ],
    [
      "a hidden transfer encoding",
      lines("POST / HTTP/1.1", ...COMMON, "Transfer-Encoding: \x0bchunked"),
    ],
  ])("%s", async (_, bytes) => bare(400, await asked(bytes)));

  it.each([
    "http://[bad/api/v3/users/mona",
    "http://h:abc/api/v3/users/mona",
    "http://a@b@h/api/v3/users/mona",
    "foo://h:x/api/v3/users/mona",
  ])("the address %s, which can't be parsed", async (target) => {
    bare(400, await asked(get(target)));
  });

  it.each([
    ["one header", () => [`X-A: ${"a".repeat(17_000)}`]],
    ["many headers", () => Array.from({ length: 900 }, (_, n) => `X-${n}: ${"a".repeat(20)}`)],
    ["a cookie", () => [`Cookie: ${"a=b; ".repeat(5000)}`]],
  ])("more than 16 KiB of headers: %s", async (_, headers) => {
    bare(431, await asked(get("/api/v3/users/mona", ...headers())));
  });

  it("a path of more than 16 KiB", async () => {
    bare(431, await asked(get(`/api/v3/users/${"a".repeat(17_000)}`)));
  });

  it("an expectation that the server can't meet", async () => {
    bare(417, await asked(patch("{}", "Expect: miracles")));
  });

  it("a CONNECT request, which asks for a tunnel", async () => {
    const answer = await asked(lines("CONNECT h:80 HTTP/1.1", "Host: h:80"));
    expect(answer).toMatchObject({ status: 0, body: "" });
  });

  it("chunks that are none, of which nothing is done", async () => {
    const head = lines(
      "PATCH /api/v3/user HTTP/1.1",
      ...COMMON,
      withToken(),
      "Transfer-Encoding: chunked",
    );
    const answer = await asked(`${head}d\r\n{"name":"bad"\r\nzz\r\n}\r\n0\r\n\r\n`);
    expect(answer.status).toBe(400);
    expect(rows(server.store.engine, "select name from users")).toEqual([""]);
  });
});

describe("a request that is cut in half", () => {
  it.each([
    ["in its first line", () => "GET /api/v3/use"],
    ["in its headers", () => "GET /api/v3/users/mona HTTP/1.1\r\nHost: h\r\nUser-"],
    ["in its body", () => patch('{"name":"half"}').subarray(0, -8)],
    [
      "in a chunk",
      () =>
        `${lines("PATCH /api/v3/user HTTP/1.1", ...COMMON, withToken(), "Transfer-Encoding: chunked")}f\r\n{"name":`,
    ],
  ])("%s does nothing", async (_, bytes) => {
    const answer = await asked(bytes(), { half: true });
    expect([0, 400]).toContain(answer.status);
    expect(rows(server.store.engine, "select name from users")).toEqual([""]);
    expect(server.world.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });

  it("by a caller who hangs up does nothing, and other callers are answered", async () => {
    const { hostname, port } = new URL(server.world.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(patch('{"name":"half"}').subarray(0, -8));
    socket.resetAndDestroy();
    await asked(get("/api/v3/users/mona"));
    expect(rows(server.store.engine, "select name from users")).toEqual([""]);
    expect(server.world.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

describe("paths that lead nowhere are not found", () => {
  it.each([
    "/api/v3/users/mona%2Ffollowers",
    "/api/v3/users%2Fmona",
    "/api/v3/users/mona%00",
    "/api/v3/users/%00",
    "/api/v3/users/mona%",
    "/api/v3/users/%E0%A4%A",
    "/api/v3/users/%ff%fe",
    "/api/v3/users/%ed%a0%80",
    "/api/v3/users/mona%0d%0aX-Injected:%20yes",
    "/api/v3/users/..%2f..%2fetc%2fpasswd",
    "/api/v3/users/../users/mona",
    "/api/v3/users/./mona",
    "/api/v3/users//mona",
    "//api/v3/users/mona",
    "//a@[b#/",
    "//a@h:abc/api/v3/users/mona#",
    "//h:abc/api/v3/users/mona",
    "/api/v3/users/mona/",
    "/api/v3/Users/mona",
    "/API/v3/users/mona",
    "/api/v3/users/mona;x=1",
    "/api/v3/users/mona#x",
    "http://h:99999/api/v3/users/mona#x",
    "/api/v3\\users\\mona",
    "/api/v3/users/mona'--",
    "/api/v3/users/%27%20or%201=1--",
    "/api/v3/users/__proto__",
    "/api/v3/users/constructor",
    "/api/v3/__proto__",
    "/api/v3/constructor/prototype",
    "/api/v3/toString",
    "/api/v3/user/0",
    "/api/v3/user/-1",
    "/api/v3/user/1e0",
    "/api/v3/user/0x1",
    "/api/v3/user/%31%00",
    "/api/v3/user/999999999999999",
    "/api/v3/user/9999999999999999999999",
    "/api/v3/user/NaN/followers",
    `/api/v3/users/${"a".repeat(15_000)}`,
    `/api/v3${"/a".repeat(7000)}`,
    `/api/v3/users/mona/following${"/mona".repeat(2000)}`,
    "/graphql/../etc/passwd",
  ])("%.60s", async (target) => refused(404, await asked(get(target))));

  it.each(["*", "mailto:mona@example.test"])("%s, which is none", async (target) => {
    const answer = await asked(get(target));
    expect([400, 404]).toContain(answer.status);
  });
});

describe("odd requests that have an answer", () => {
  it.each([
    ["a whole address", "http://other.test/api/v3/users/mona"],
    ["a whole address with a port that can't be", "http://h:99999/api/v3/users/mona"],
    ["escapes that were not needed", "/api/v3/users/%6d%6f%6e%61"],
    ["capitals", "/api/v3/users/MONA"],
    ["a query of nothing but marks", "/api/v3/users/mona?&&=&?&="],
    ["a query that looks like an address", "/api/v3/users/mona?http://[x:99999@/"],
    ["a query with broken escapes", "/api/v3/users/mona?%=%4&%%=%00"],
    ["names that objects have", "/api/v3/users/mona?__proto__[x]=1&constructor[prototype][x]=1"],
    ["names that the program uses", "/api/v3/users/mona?_openapi=1&_openapi[x]=1&openapi=2"],
    ["a thousand and one parameters", `/api/v3/users/mona?${"a=1&".repeat(1001)}`],
  ])("%s", async (_, target) => {
    const answer = await asked(get(target));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).login).toBe("mona");
  });

  it.each([
    "page=0",
    "page=-1",
    "page=1e3",
    "page=99999999999999999999999",
    "page=9007199254740993",
    "page=2147483649",
    "page=NaN",
    "page=%00",
    "page=%F0%9F%90%99",
    "page=",
    "page",
    "page=1&page=2&page=x",
    "page[]=1",
    "page[x][y]=1",
    "page[__proto__]=1",
    "per_page[0]=1",
    "per_page=0",
    "per_page=-5",
    "per_page=101",
    "per_page=99999999999999999999999",
    "per_page=1e9",
    "per_page=;drop%20table%20users",
    "page=99999999&per_page=100",
  ])("lists take any page (%s)", async (query) => {
    const answer = await asked(get(`/api/v3/users/mona/followers?${query}`));
    expect(answer).toMatchObject({ status: 200, body: "[]" });
  });

  it.each(["-1", "0", "NaN", "1e3", "99999999999999999999999", "%00", "[]"])(
    "the list of everybody begins anywhere (%s)",
    async (since) => {
      const answer = await asked(get(`/api/v3/users?since=${since}&since[x]=2`));
      expect(answer.status).toBe(200);
      expect(Array.isArray(JSON.parse(answer.body))).toBe(true);
    },
  );

  it.each([
    ["with a path", "evil.test/x?y#z"],
    ["with a name and password", "a:b@evil.test"],
    ["with quotes", 'evil"><script>'],
    ["with a space", "evil test"],
    ["with bytes above 127", "evil\xff"],
    ["too long", "a".repeat(5000)],
    ["with a port that is none", "evil.test:port"],
    ["empty", ""],
  ])("a Host %s is in no link", async (_, host) => {
    const request = `GET /api/v3/users/mona HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: x\r\nConnection: close\r\n\r\n`;
    const answer = await asked(Buffer.from(request, "latin1"));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).url).toBe(`${server.world.url}/api/v3/users/mona`);
  });

  it.each([
    ["Accept", 415],
    ["X-GitHub-Api-Version", 400],
  ])(
    "what a %s says is repeated in the body alone, where it does no harm",
    async (name, status) => {
      const answer = await asked(get("/api/v3/users/mona", `${name}: "<script>\\\t\xff`));
      refused(status, answer);
      expect(answer.head).not.toContain("script");
    },
  );

  it("what a query says comes back in Link without its teeth", async () => {
    await server.fans(mona, 3);
    const query = `per_page=1&x=%0d%0aX-Injected:1&y=<>"'\\&callback=%3Cscript%3E`;
    const answer = await asked(get(`/api/v3/users/mona/followers?${query}`));
    expect(answer.status).toBe(200);
    expect(answer.head).not.toMatch(/^X-Injected/im);
    const [, link = ""] = /^Link: (.*)$/im.exec(answer.head) ?? [];
    expect(link).toContain("x=%0d%0aX-Injected:1&y=%3C%3E%22'%5C");
  });
});

describe("bodies", () => {
  const profiles = () =>
    rows<Record<string, unknown>>(server.store.engine, "select * from users").map(withoutVisits);

  const unreadable: [string, string | Buffer, string[]?][] = [
    ["that are cut", '{"name":"x"'],
    ["of words", "name=x"],
    ["of two values", '{"name":"x"}{}'],
    ["of single quotes", "{'name':'x'}"],
    ["of nothing but brackets", "[".repeat(50_000)],
    ["of nothing but objects", '{"name":'.repeat(10_000)],
    ["with a comment", '{"name":"x"} // x'],
    ["with a NUL behind it", '{"name":"x"}\0'],
    ["of bytes", Buffer.from("fffe7b007d00", "hex")],
    ["that say they are compressed and are not", '{"name":"x"}', ["Content-Encoding: gzip"]],
    ["that say so in another way", '{"name":"x"}', ["Content-Encoding: br"]],
    ["that say so in a third way", '{"name":"x"}', ["Content-Encoding: deflate"]],
  ];
  it.each(unreadable)("%s can't be read", async (_, body, headers = []) => {
    refused(400, await asked(patch(body, ...headers)));
    expect(rows(server.store.engine, "select name from users")).toEqual([""]);
  });

  it("in an unknown compression are refused", async () => {
    refused(415, await asked(patch('{"name":"x"}', "Content-Encoding: nonsense")));
  });

  it.each([
    ["half of a character in it", '{"name":"\\ud800"}'],
    ["the other half in it", '{"bio":"\\udc00x"}'],
    ["a list", "[]"],
    ["a list of lists", "[".repeat(40_000) + "]".repeat(40_000)],
    ["a text", '"x"'],
    ["a number", "1e999"],
    ["true", "true"],
    ["null", "null"],
  ])("that are %s are no objects", async (_, body) => {
    refused(400, await asked(patch(body)));
  });

  it.each([
    ["a number", '{"name":1}'],
    ["a number beyond numbers", '{"name":1e999}'],
    ["an object", '{"name":{"$gt":""}}'],
    ["a list", '{"bio":["x"]}'],
    ["a NUL", '{"name":"a\\u0000b"}'],
    ["too long a text", `{"name":"${"x".repeat(256)}"}`],
    ["a text for a flag", '{"hireable":"yes"}'],
    ["a deep value", `{"name":${"[".repeat(90)}${"]".repeat(90)}}`],
    ["an address of no user", '{"email":"missing@example.test"}'],
    ["an address with a line break", '{"email":"a@b.c\\r\\nBcc: d@e.f"}'],
  ])("with %s in a field are refused, and nothing is changed", async (_, body) => {
    const before = profiles();
    refused(422, await asked(patch(body)));
    expect(profiles()).toEqual(before);
  });

  it("deeper than a parser of the vendor goes are not read", async () => {
    const body = `{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    refused(400, await asked(patch(body)));
  });

  it.each<[string, number]>([
    ["[]", 422],
    ['[""]', 422],
    ['["x"]', 422],
    ['["a@b.test","not an address"]', 422],
    [JSON.stringify(Array.from({ length: 101 }, (_, n) => `a${n}@b.test`)), 422],
    [JSON.stringify([`${"a".repeat(300)}@b.test`]), 422],
    ['["mona@example.test"]', 422],
    ['["MONA@example.test"]', 422],
    ['{"emails":{"length":1,"0":"a@b.test"}}', 422],
  ])("of addresses: %.40s adds none", async (body, status) => {
    refused(status, await asked(sending("POST", "/api/v3/user/emails", body)));
    expect(rows(server.store.engine, "select email from emails")).toEqual(["mona@example.test"]);
  });

  it.each<[string, string]>([
    ["a key", "ssh-ed25519 AAAA"],
    ["two lines", "ssh-ed25519 AAAA\nssh-ed25519 AAAA"],
    ["a command", 'command="rm -rf /" ssh-ed25519 AAAA'],
    ["bytes", "\u0001\u0002"],
    ["spaces", " ".repeat(16_384)],
  ])("of keys: %s that is none is refused", async (_, key) => {
    refused(422, await asked(sending("POST", "/api/v3/user/keys", JSON.stringify({ key }))));
    expect(rows(server.store.engine, "select id from ssh_keys")).toEqual([]);
  });

  it.each(['{"login":""}', '{"login":" "}', '{"login":"\\u0000"}', '{"login":"---"}', "{}"])(
    "of new users: %s makes none",
    async (body) => {
      refused(422, await asked(sending("POST", "/api/v3/admin/users", body)));
      expect(rows(server.store.engine, "select username from users")).toEqual(["mona"]);
    },
  );

  it("of more than 100 KiB are too large, and of 100 KiB are not", async () => {
    const body = (size: number) => `{"name":"x"${" ".repeat(size - 12)}}`;
    refused(413, await asked(patch(body(100 * 1024 + 1))));
    expect((await asked(patch(body(100 * 1024)))).status).toBe(200);
  });

  it("that grow beyond it when they are unpacked are too large", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20, " "));
    refused(413, await asked(patch(bomb, "Content-Encoding: gzip")));
  });

  it("that never end are not read where no body is wanted", async () => {
    const head = lines(
      "PUT /api/v3/user/following/mona HTTP/1.1",
      ...COMMON,
      withToken(),
      "Content-Length: 1000000",
    );
    expect((await asked(`${head}x`)).status).toBe(204);
  });

  it("with names that objects have change nothing but what they name", async () => {
    const body =
      '{"__proto__":{"admin":true,"hireable":true},"constructor":{"prototype":{"admin":true}},' +
      '"admin":true,"site_admin":true,"id":7,"login":"root","state":"blocked","followers":9,"name":"x"}';
    const [before] = profiles();
    expect((await asked(patch(body))).status).toBe(200);
    const [after] = profiles();
    expect(after).toEqual({ ...before, name: "x", updated_at: after?.updated_at });
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    "text/html",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-99",
    "application/xml",
    ";;;",
    "a/b; c=d; e=f",
    "\xff/\xfe",
    "",
  ])("are read as JSON with any Content-Type (%s)", async (type) => {
    const answer = await asked(patch('{"name":"x"}', `Content-Type: ${type}`));
    expect(answer.status).toBe(200);
  });

  it("keep line breaks, quotes and markup as they are", async () => {
    const bio = "a\r\nX-Injected: 1\r\n\r\n<script>'; drop table users; --\"\u2028\u{1f419}";
    const answer = await asked(patch(JSON.stringify({ bio })));
    expect(answer.status).toBe(200);
    expect(answer.head).not.toMatch(/^X-Injected/im);
    expect(rows(server.store.engine, "select bio from users")).toEqual([bio]);
    const { body } = await server.anyone.get("/api/v3/users/mona");
    expect(body.bio).toBe(bio);
  });
});

describe("credentials", () => {
  it.each([
    ["of NULs", "token \0\0"],
    ["of another scheme", "Negotiate YII="],
    ["without a value", "token"],
    ["of spaces", "token      "],
    ["of many schemes", "token Bearer Basic token"],
    ["that are no base64", "Basic %%%"],
    ["that are base64 of bytes", `Basic ${Buffer.from([0xff, 0xfe, 0x3a]).toString("base64")}`],
    ["that are long", `token ${"a".repeat(10_000)}`],
    ["of dots", `token ${".".repeat(5000)}`],
  ])("%s open nothing", async (_, authorization) => {
    const request = get("/api/v3/user", `Authorization: ${authorization}`);
    const answer = await asked(request);
    expect([400, 401]).toContain(answer.status);
  });

  it("in a query open nothing", async () => {
    refused(401, await asked(get(`/api/v3/user?access_token=${token}&token=${token}`)));
    const logged = server.world.log.join("\n");
    expect(logged).not.toContain(token);
  });
});
