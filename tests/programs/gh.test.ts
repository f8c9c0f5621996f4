import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import { sshKey } from "../auth-matrix/cast.ts";
import { folders, followd } from "../cli/program.ts";
import { type Served, servers } from "../cli/serving.ts";

const folder = folders();
const serve = servers(folder);

/** gh takes a host name without a port; this is reached through a proxy, as in many companies. */
const HOST = "hub.test";

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A proxy that leads to the server for any host; what it carries it can't read. */
async function proxyTo(port: number): Promise<Server> {
  const proxy = createServer();
  proxy.on("connect", (_, caller) => {
    const server = connect(port, "127.0.0.1", () => {
      caller.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      caller.pipe(server).pipe(caller);
    });
    for (const end of [server, caller]) end.on("error", () => end.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return proxy;
}

describe("gh, over TLS, with the authority of --tls local", () => {
  let server: Served;
  let proxy: Server;
  let home: string;

  beforeEach(async () => {
    server = await serve(["--tls", "local", "--tls-hosts", HOST]);
    proxy = await proxyTo(server.port);
    home = mkdtempSync(`${folder("gh")}-`);
    for (const name of ["alice", "bob", "octocat"]) {
      const words = ["user", "create", name, "--email", `${name}@example.test`];
      expect((await followd([...words, "--data", server.data])).code).toBe(0);
    }
  });
  afterEach(() => {
    proxy.close();
  });

  async function gh(words: string[], more: Record<string, string> = {}, input = ""): Promise<Ran> {
    const child = spawn("gh", words, {
      env: {
        ...{ PATH: process.env.PATH, HOME: home, GH_CONFIG_DIR: home, GH_HOST: HOST },
        ...{ GH_NO_UPDATE_NOTIFIER: "1", GH_PROMPT_DISABLED: "1", NO_COLOR: "1" },
        HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        SSL_CERT_FILE: join(server.data, "tls/ca.pem"),
        ...more,
      },
    });
    child.stdin.end(input);
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  }

  async function token(scopes: string): Promise<string> {
    const words = ["token", "create", "alice", "--scope", scopes, "--data", server.data];
    return (await followd(words)).stdout.trim();
  }

  const login = async (scopes: string) =>
    gh(["auth", "login", "--hostname", HOST, "--with-token"], {}, await token(scopes));

  it("trusts no authority that it was not told to trust", async () => {
    const words = ["auth", "login", "--hostname", HOST, "--with-token"];
    const env = { SSL_CERT_FILE: "/dev/null", SSL_CERT_DIR: "/nowhere" };
    const { code, stderr } = await gh(words, env, await token("repo,read:org,gist"));
    expect(code).toBe(1);
    expect(stderr).toContain("certificate signed by unknown authority");
  });

  it("96: logs in and tells so, and names the scopes that a token lacks", async () => {
    const refused = await login("user");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("missing required scopes 'repo', 'read:org'");
    expect(await login("repo,read:org,gist")).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stdout, stderr } = await gh(["auth", "status", "--hostname", HOST]);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain(`Logged in to ${HOST} as alice`);
    expect(stdout + stderr).toMatch(/Token scopes: .*gist.*read:org.*repo/);
  });

  it("follows, and says which scope is missing where it may not", async () => {
    await login("repo,read:org,gist");
    const put = ["api", "-X", "PUT", "user/following/octocat"];
    const refused = await gh(put);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('This API operation needs the "user" scope.');

    await login("repo,read:org,gist,user");
    expect(await gh(put)).toEqual({ code: 0, stdout: "", stderr: "" });
    const followed = await gh(["api", "user/following", "--paginate", "--jq", ".[].login"]);
    expect(followed.stdout).toBe("octocat\n");
    const found = await gh(["api", "users/octocat/followers", "--jq", ".[0].url"]);
    expect(found.stdout).toBe(`https://${HOST}/api/v3/users/alice\n`);
  });

  it("adds, lists and refuses SSH and GPG keys, and searches users", async () => {
    await login("repo,read:org,gist,admin:public_key,admin:gpg_key,admin:ssh_signing_key");
    const sshFile = join(home, "id.pub");
    const gpgFile = join(home, "key.asc");
    writeFileSync(sshFile, `${sshKey(1)} alice@laptop\n`);
    const { publicKey } = await generateKey({ type: "ecc", userIDs: [{ name: "Alice" }] });
    writeFileSync(gpgFile, publicKey);

    expect((await gh(["ssh-key", "add", sshFile, "--title", "laptop"])).code).toBe(0);
    expect((await gh(["ssh-key", "list"])).stdout).toContain("laptop\tssh-ed25519");
    expect((await gh(["gpg-key", "add", gpgFile])).code).toBe(0);
    const again = await gh(["gpg-key", "add", gpgFile]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("already exists");
    expect((await gh(["gpg-key", "list"])).stdout).toMatch(/[0-9A-F]{16}/);
    const found = await gh(["api", "search/users?q=octocat+in:login", "--jq", ".items[].login"]);
    expect(found.stdout).toBe("octocat\n");
  });

  it("speaks GraphQL: pages, variables, mutations and errors", async () => {
    await login("repo,read:org,gist,user");
    for (const name of ["bob", "octocat"]) {
      const id = (await gh(["api", `users/${name}`, "--jq", ".node_id"])).stdout.trim();
      const query = "query=mutation($id:ID!){followUser(input:{userId:$id}){user{login}}}";
      const made = await gh(["api", "graphql", "-f", query, "-f", `id=${id}`]);
      expect(JSON.parse(made.stdout)).toEqual({ data: { followUser: { user: { login: name } } } });
    }
    const query = `query=query($endCursor: String) { viewer {
      following(first: 1, after: $endCursor) {
        nodes { login } pageInfo { hasNextPage endCursor }
      } } }`;
    const jq = ".data.viewer.following.nodes[].login";
    const pages = await gh(["api", "graphql", "--paginate", "-f", query, "--jq", jq]);
    expect(pages.stdout).toBe("octocat\nbob\n");
    const wrong = await gh(["api", "graphql", "-f", 'query={user(login:"missing"){login}}']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toBe("gh: Could not resolve to a User with the login of 'missing'.\n");
  });
});
