import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { client, type World, world } from "../support/server.ts";

let here: World;
beforeAll(async () => {
  here = await world();
});
afterAll(() => here.close());

interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation> & { servers?: { url: string }[] }>;
  components: { securitySchemes: object };
}
interface Operation {
  summary: string;
  description?: string;
  security: object[];
}

const NAMES = ["github", "gitlab-v4", "gitlab-v3", "graph", "instance"];
const FILE = /^reference-[0-9a-f]{16}\.js$/;

async function documentAt({ url }: Pick<World, "url">, name: string): Promise<Document> {
  return (await client({ url }).get(`/openapi/${name}.json`)).body as Document;
}

async function scriptPath(): Promise<string> {
  const { text } = await client(here).get("/-/docs");
  const [, path = ""] = /<script src="([^"]+)">/.exec(text) ?? [];
  expect(path.split("/").at(-1)).toMatch(FILE);
  return path;
}

describe("where docs are switched off", () => {
  it.each(["/-/docs", "/openapi/github.json", "/-/docs/reference-0123456789abcdef.js"])(
    "%s is not there",
    async (path) => {
      const without = await world({ config: { docs: false } });
      const { status, body } = await client(without).get(path);
      await without.close();
      expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
    },
  );
});

describe("GET /openapi/{file}", () => {
  it.each(["dev.json", "gitlab.json", "github", "github.yaml", "__proto__.json"])(
    "has no %s",
    async (file) => {
      const { status, body } = await client(here).get(`/openapi/${file}`);
      expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
    },
  );

  it("has no document of a dialect that is not spoken", async () => {
    const config = { gitlabV3: false, githubV3: false, githubRoot: false };
    const less = await world({ config });
    const statuses = await Promise.all(
      NAMES.map(async (name) => (await client(less).get(`/openapi/${name}.json`)).status),
    );
    const page = await client(less).get("/-/docs");
    await less.close();
    expect(statuses).toEqual([404, 200, 404, 200, 200]);
    expect(page.text).not.toContain("/openapi/github.json");
    expect(page.text).toContain("/openapi/gitlab-v4.json");
  });

  it.each([
    ["github", ["/api/v3", ""]],
    ["gitlab-v4", ["/api/v4", ""]],
    ["gitlab-v3", ["/api/v3"]],
    ["graph", [""]],
    ["instance", [""]],
  ])("names where %s is spoken", async (name, prefixes) => {
    const { servers } = await documentAt(here, name);
    expect(servers).toEqual(prefixes.map((prefix) => ({ url: here.url + prefix })));
  });

  it("names where GraphQL is, which is not below /api/v3", async () => {
    const { paths } = await documentAt(here, "github");
    expect(paths["/graphql"]?.servers).toEqual([{ url: `${here.url}/api` }, { url: here.url }]);
  });

  it("follows the mounts and the public URL", async () => {
    const publicUrl = "https://people.example.org";
    const other = await world({ config: { publicUrl, githubRoot: false, gitlabV4: false } });
    const [github, gitlab] = [
      await documentAt(other, "github"),
      await documentAt(other, "gitlab-v4"),
    ];
    await other.close();
    expect(github.servers).toEqual([{ url: `${publicUrl}/api/v3` }]);
    expect(github.paths["/graphql"]?.servers).toEqual([{ url: `${publicUrl}/api` }]);
    expect(gitlab.servers).toEqual([{ url: publicUrl }]);
  });

  it("follows the Host, but not one that is none", async () => {
    const ask = (host: string) =>
      client(here).get("/openapi/instance.json").set("Host", host) as Promise<{ body: Document }>;
    expect((await ask("people.test:8080")).body.servers).toEqual([
      { url: "http://people.test:8080" },
    ]);
    expect((await ask('x"},{"url":"http://evil.test')).body.servers).toEqual([{ url: here.url }]);
  });

  it("answers 304 to a caller who has it, and other origins may read it", async () => {
    const { headers } = await client(here).get("/openapi/github.json");
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      "access-control-allow-origin": "*",
    });
    expect(headers.etag).toMatch(/^"[0-9a-f]{16}-[0-9a-f]{16}-gzip"$/);
    const again = () =>
      client(here)
        .get("/openapi/github.json")
        .set("If-None-Match", headers.etag ?? "");
    expect((await again()).status).toBe(304);
    expect((await again().set("Host", "people.test")).status).toBe(200);
  });

  it.each(["br", "gzip", "zstd"])("comes in %s, with a tag of its own", async (coding) => {
    const ask = (accepted: string, tag = '""') =>
      client(here)
        .head("/openapi/instance.json")
        .set("Accept-Encoding", accepted)
        .set("If-None-Match", tag);
    const plain = await ask("identity");
    const { headers } = await ask(coding);
    expect([plain.headers["content-encoding"], headers["content-encoding"]]).toEqual([
      undefined,
      coding,
    ]);
    for (const each of [plain.headers, headers]) expect(each.vary).toBe("Accept-Encoding");
    expect(Number(headers["content-length"])).toBeLessThan(
      Number(plain.headers["content-length"]) / 3,
    );
    expect((await ask(coding, headers.etag)).status).toBe(304);
    expect((await ask("identity", headers.etag)).status).toBe(200);
  });

  it("is whole: every operation has a summary, and says what it asks of a token", async () => {
    const put = (await documentAt(here, "github")).paths["/user/following/{username}"]?.put;
    expect(put?.description).toBe(
      "Scope: `user` or `user:follow`. Fine-grained token: `followers:write`.",
    );
    for (const name of NAMES) {
      const { paths, components } = await documentAt(here, name);
      const operations = Object.values(paths)
        .flatMap((item) => Object.values(item))
        .filter((part): part is Operation => !Array.isArray(part));
      expect(operations.length).toBeGreaterThan(name === "graph" ? 5 : 10);
      expect(operations.filter(({ summary }) => !/^[A-Z].*[^.]$/.test(summary))).toEqual([]);
      const schemes = new Set(operations.flatMap(({ security }) => security.flatMap(Object.keys)));
      expect([...schemes]).toEqual(Object.keys(components.securitySchemes));
    }
  });

  it.each(NAMES)("keeps from readers of %s what only the server needs", async (name) => {
    const { text } = await client(here).get(`/openapi/${name}.json`);
    // A name of ours, a format of ours, a pattern that any text fits.
    const found = text.match(/"x-(?!displayName)[a-z-]+":(?!\{)|"grape-[a-z-]+"|u0000[^"]*/g);
    expect(found ?? []).toEqual([]);
  });
});

describe("GET /-/docs", () => {
  it("is for everybody, in private mode, too", async () => {
    const closed = await world({ config: { privateMode: true } });
    const { status } = await client(closed).get("/-/docs");
    await closed.close();
    expect(status).toBe(200);
  });

  it("lets nothing in but its own script, and no page frame it", async () => {
    const { headers } = await client(here).get("/-/docs");
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    const policy = headers["content-security-policy"]?.split("; ") ?? [];
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).toContain(`connect-src 'self' ${here.url}`);
  });

  it("answers 304 to a caller who has it", async () => {
    const { headers } = await client(here).get("/-/docs");
    const again = client(here).get("/-/docs");
    expect((await again.set("If-None-Match", headers.etag ?? "")).status).toBe(304);
  });
});

describe("GET /-/docs/{file}", () => {
  it.each(["reference-0123456789abcdef.js", "reference.js", "..%2fpackage.json"])(
    "has no %s",
    async (file) => {
      const { status } = await client(here).get(`/-/docs/${file}`);
      expect(status).toBe(404);
    },
  );

  it.each([
    ["br, gzip", "br", 1_500_000],
    ["gzip;q=1, br;q=0", "gzip", 1_500_000],
    ["identity", undefined, 6_000_000],
    ["zstd, *;q=0", undefined, 6_000_000],
  ])("is packed as %s allows", async (accepted, encoding, most) => {
    const { status, headers } = await client(here)
      .get(await scriptPath())
      .set("Accept-Encoding", accepted);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers.vary).toBe("Accept-Encoding");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(Number(headers["content-length"])).toBeLessThan(most);
    expect(Number(headers["content-length"])).toBeGreaterThan(900_000);
  });

  it("has a tag for each encoding, and answers 304 to a caller who has that one", async () => {
    const path = await scriptPath();
    const ask = (encoding: string, tag = '""') =>
      client(here).get(path).set("Accept-Encoding", encoding).set("If-None-Match", tag);
    const { headers } = await ask("br");
    expect((await ask("br", headers.etag)).status).toBe(304);
    expect((await ask("gzip", headers.etag)).status).toBe(200);
  });
});
