import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config/config.ts";
import { client } from "../support/server.ts";
import { DOCS, refusal, stage } from "../support/stage.ts";

const NEW = "2026-03-10";
const OLD = "2022-11-28";

const unsupported = (asked: string, known: string) =>
  `The version you specified in the "X-GitHub-API-Version" request header, "${asked}", is not a ` +
  `supported version. The following versions are currently supported: ${known}.`;

/** What each release has of what came or went meanwhile. */
const RELEASES = [
  { version: "3.15", keyDates: false, upload: true, newApi: false },
  { version: "3.16.4", keyDates: false, upload: true, newApi: false },
  { version: "3.17", keyDates: true, upload: false, newApi: false },
  { version: "3.20.1", keyDates: true, upload: false, newApi: false },
  { version: "3.21", keyDates: true, upload: false, newApi: true },
  { version: "3.22", keyDates: true, upload: false, newApi: true },
] as const;

describe.each(RELEASES)("Enterprise Server $version", ({ version, keyDates, upload, newApi }) => {
  const full = version.split(".").length === 2 ? `${version}.0` : version;
  const release = full.split(".").slice(0, 2).join(".");
  const docs = DOCS.replace("3.15", release);
  const server = stage("/api/v3", { config: { githubVersion: full, rateLimit: 1000 } });
  const spoken = (path: string, api: string) =>
    server.anyone.get(path).set("X-GitHub-Api-Version", api);

  it("names its release in headers, in /meta and in links to its documentation", async () => {
    const { body, headers } = await server.anyone.get("/meta").expect(200);
    expect(headers["x-github-enterprise-version"]).toBe(full);
    expect(body.installed_version).toBe(full);
    const missing = {
      ...refusal(404, "Not Found"),
      documentation_url: `${docs}/users/users#get-a-user`,
    };
    await server.anyone.get("/users/missing").expect(404, missing);
  });

  it(`${keyDates ? "has" : "lacks"} the dates of SSH keys`, async () => {
    const alice = await server.as(await server.user("alice"), "write:public_key");
    const { body: key } = await alice.post("/user/keys").send({
      title: "laptop",
      key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
    });
    expect("last_used" in key).toBe(keyDates);
    const { body } = await server.anyone.get("/users/alice/keys").expect(200);
    const dates = keyDates ? ["created_at", "last_used"] : [];
    expect(body.map(Object.keys)).toEqual([["id", "key", ...dates]]);
  });

  it("has the rate-limit resources of its release", async () => {
    const { body } = await server.anyone.get("/rate_limit").expect(200);
    expect("code_scanning_upload" in body.resources).toBe(upload);
    expect("dependency_sbom" in body.resources).toBe(!upload);
    expect(body.rate).toEqual(body.resources.core);
  });

  it(`${newApi ? "speaks" : "refuses"} version ${NEW} of the API, and ${OLD} by default`, async () => {
    const { headers } = await server.anyone.get("/").expect(200);
    expect(headers["x-github-api-version-selected"]).toBe(OLD);
    await spoken("/", OLD).expect(200);
    if (newApi) {
      const known = `"${NEW}" (most recent) and "${OLD}"`;
      const { body } = await spoken("/", "2099-01-01").expect(400);
      expect(body.errors).toBe(unsupported("2099-01-01", known));
      await server.anyone.get("/versions").expect(200, [OLD, NEW]);
    } else {
      const { body } = await spoken("/", NEW).expect(400);
      expect(body.errors).toBe(unsupported(NEW, `"${OLD}" (most recent)`));
      await server.anyone.get("/versions").expect(404);
    }
  });

  it("publishes a document of its release", async () => {
    const { body } = await client(server.world).get("/openapi/github.json").expect(200);
    expect(body.info.version).toBe(`${release}.0`);
    const { schemas } = body.components;
    expect("last_used" in schemas.key.properties).toBe(keyDates);
    expect("code_scanning_upload" in schemas["rate-limit-resources"].properties).toBe(upload);
    const text = JSON.stringify(body);
    expect(text).toContain(`docs.github.com/enterprise-server@${release}/rest`);
    expect(text.includes("enterprise-server@3.15")).toBe(release === "3.15");
    const prefixes = body.paths["/versions"].servers.map(({ url }: { url: string }) => url);
    expect(prefixes).toEqual(newApi ? [server.api, server.world.url] : [server.world.url]);
  });
});

describe(`version ${NEW} of the API`, () => {
  const server = stage("/api/v3", { config: { githubVersion: "3.21.0", rateLimit: 1000 } });
  const get = (path: string) => server.anyone.get(path).set("X-GitHub-Api-Version", NEW);

  it("has no rate beside the resources", async () => {
    const { body, headers } = await get("/rate_limit").expect(200);
    expect(Object.keys(body)).toEqual(["resources"]);
    expect(headers["x-github-api-version-selected"]).toBe(NEW);
  });

  it("has neither authorizations_url nor hub_url at the root", async () => {
    const { body: old } = await server.anyone.get("/").expect(200);
    const { body } = await get("/").expect(200);
    const gone = Object.keys(old).filter((name) => !(name in body));
    expect(gone).toEqual(["authorizations_url", "hub_url"]);
  });

  it.each(["application/vnd.github.beta+json", "application/vnd.github.beta"])(
    "refuses %s, which the older version takes",
    async (accept) => {
      await get("/meta").set("Accept", accept).expect(415);
      await server.anyone.get("/meta").set("Accept", accept).expect(200);
      await get("/meta").set("Accept", `${accept}, application/json`).expect(200);
    },
  );
});

describe("--github-version", () => {
  const parse = (githubVersion: string) => readConfig({ githubVersion }, {});

  it.each(["3.14", "3.14.9", "3.23", "4.0", "2.22.0", "3", "3.15.0.1", "latest", "3.150", ""])(
    "refuses %j at start",
    (version) => {
      const problem = `“${version}” is not a version from 3.15 to 3.22`;
      expect(parse(version)).toEqual({ complaints: [{ key: "--github-version", problem }] });
    },
  );

  it.each([
    ["3.15", "3.15.0"],
    ["3.22.4", "3.22.4"],
  ])("takes %s for %s", (version, value) => {
    expect(parse(version)).toMatchObject({ config: { githubVersion: value } });
  });
});
