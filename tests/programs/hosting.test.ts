import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { folders, followd } from "../cli/program.ts";
import { servers } from "../cli/serving.ts";
import { eventually } from "../support/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-hosting-"));
afterAll(() => rmSync(folder, { recursive: true }));
const serve = servers(folders());

const page = readFileSync(join(import.meta.dirname, "../../docs/hosting.md"), "utf8");

/** The first block of a chapter. */
function blockOf(chapter: string): string {
  const [, block = ""] =
    RegExp(`^## ${chapter}\n.*?^\`\`\`\\w*\n(.*?)^\`\`\`$`, "ms").exec(page) ?? [];
  return block;
}

const HOST = "followd.example.com";
const certificate = join(folder, "followd.pem");
const key = join(folder, "followd.key");
const both = join(folder, "both.pem");

beforeAll(() => {
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  const names = ["-subj", `/CN=${HOST}`, "-keyout", key, "-out", certificate];
  expect(spawnSync("openssl", [...words, ...names]).status).toBe(0);
  writeFileSync(both, readFileSync(certificate, "utf8") + readFileSync(key, "utf8"));
});

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill("SIGTERM");
    if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  }
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Asks through the proxy as a client that knows its name would; undefined while nothing listens. */
function ask(port: number, path: string, headers = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<unknown>; body: string } | undefined>(
    (resolve) => {
      request(
        {
          ...{ host: "127.0.0.1", port, path, servername: HOST, rejectUnauthorized: false },
          headers: { host: HOST, "user-agent": "test", ...headers },
        },
        (answer) => {
          const { statusCode: status = 0 } = answer;
          void text(answer).then((body) => resolve({ status, headers: answer.headers, body }));
        },
      )
        .on("error", () => resolve(undefined))
        .end();
    },
  );
}

interface Proxy {
  /** The page's text with the ports and the files of this machine. */
  configure: (block: string, port: number, behind: number) => string;
  command: (file: string, folder: string) => [program: string, ...words: string[]];
}

const PROXIES: Readonly<Record<string, Proxy>> = {
  nginx: {
    configure: (block, port, behind) => {
      const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
      const own = paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
      const http = block
        .replace("listen 443", `listen 127.0.0.1:${port}`)
        .replace("127.0.0.1:3000", `127.0.0.1:${behind}`)
        .replace("/etc/ssl/followd.pem", certificate)
        .replace("/etc/ssl/followd.key", key);
      return `pid ${folder}/nginx.pid; events {} http { access_log off; ${own}\n${http}\n}`;
    },
    command: (file, place) => [
      "nginx",
      "-c",
      file,
      "-p",
      place,
      "-e",
      "stderr",
      "-g",
      "daemon off;",
    ],
  },
  HAProxy: {
    configure: (block, port, behind) => {
      const own =
        "defaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n";
      return (
        own +
        block
          .replace("bind :443", `bind 127.0.0.1:${port}`)
          .replace("127.0.0.1:3000", `127.0.0.1:${behind}`)
          .replace("/etc/haproxy/followd.pem", both)
      );
    },
    command: (file) => ["haproxy", "-db", "-f", file],
  },
  Caddy: {
    configure: (block, port, behind) =>
      `{\n  admin off\n  auto_https off\n}\n${block
        .replace(HOST, `https://${HOST}:${port}`)
        .replace("{\n", `{\n  bind 127.0.0.1\n  tls ${certificate} ${key}\n`)
        .replace("127.0.0.1:3000", `127.0.0.1:${behind}`)}`,
    command: (file) => ["caddy", "run", "--adapter", "caddyfile", "--config", file],
  },
};

describe("behind a proxy of docs/hosting.md", () => {
  it.each(Object.entries(PROXIES))(
    "%s: links, ids and addresses are right",
    async (name, proxy) => {
      const flags = ["--public-url", `https://${HOST}`, "--trusted-proxies", "loopback"];
      const { port: behind, data, child, stdout } = await serve(flags);
      const { stdout: token } = await followd(["token", "create", "root", "--data", data]);
      const port = await freePort();
      const file = join(folder, name);
      writeFileSync(file, proxy.configure(blockOf(name), port, behind));
      const [program, ...words] = proxy.command(file, folder);
      const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      running.push(spawn(program, words, { stdio: "ignore", env }));
      const headers = { authorization: `Bearer ${token.trim()}` };
      const user = await eventually(async () => {
        const answer = await ask(port, "/api/v3/user", headers);
        return answer?.status === 200 ? answer : undefined;
      });
      expect(JSON.parse(user.body)).toMatchObject({ url: `https://${HOST}/api/v3/users/root` });
      const id = String(user.headers["x-github-request-id"]);
      expect(id).toMatch(/^[0-9a-f-]{32,36}$/i);
      expect((await ask(port, "/-/metrics"))?.status).toBe(404);
      expect((await ask(port, "/-/readiness"))?.status).toBe(200);
      child.kill("SIGTERM");
      const line = (await stdout).split("\n").find((each) => each.includes(id));
      expect(JSON.parse(line ?? "{}")).toMatchObject({ address: "127.0.0.1", agent: "test" });
    },
  );
});

describe("the other pieces of docs/hosting.md", () => {
  it("logrotate understands its snippet, and copies before it cuts", () => {
    const log = join(folder, "followd.log");
    writeFileSync(log, "{}\n");
    const file = join(folder, "rotate");
    writeFileSync(file, blockOf("The log").replace("/var/log/followd.log", log), { mode: 0o644 });
    const state = ["-s", join(folder, "state")];
    const { status, stderr } = spawnSync("logrotate", ["-d", ...state, file], { encoding: "utf8" });
    expect([status, /error/i.test(stderr)]).toEqual([0, false]);
    expect(spawnSync("logrotate", ["-f", ...state, file]).status).toBe(0);
    expect(readFileSync(log, "utf8")).toBe("");
  });

  it("the restore drill ends with a server that knows the user", async () => {
    const { data, child, ended } = await serve();
    child.kill("SIGTERM");
    await ended;
    const here = join(folder, "drill-from");
    mkdirSync(here);
    const backup = join(here, "monday.db");
    expect((await followd(["backup", backup, "--data", data])).code).toBe(0);
    writeFileSync(join(here, "followd.key"), readFileSync(join(data, "followd.key")), {
      mode: 0o600,
    });
    const lines = blockOf("Restore drill")
      .replace("/backups/monday.db", backup)
      .trimEnd()
      .split("\n");
    expect(lines.at(-1)).toBe("followd serve --data drill --port 3999");
    const [make = "", ...verbs] = lines.slice(0, -1);
    expect(spawnSync("sh", ["-c", make], { cwd: here }).status).toBe(0);
    const drill = join(here, "drill");
    for (const verb of verbs) {
      const words = verb
        .split(" ")
        .slice(1)
        .map((word) => (word === "drill" ? drill : word));
      expect((await followd(words)).code).toBe(0);
    }
    const { url } = await serve([], drill);
    const answer = await fetch(`${url}/api/v4/users?username=root`);
    expect(await answer.json()).toMatchObject([{ username: "root" }]);
  });
});
