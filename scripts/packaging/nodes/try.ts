import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Gitlab } from "@gitbeaker/rest";
import { Octokit } from "@octokit/rest";
import { freePort, startCluster } from "../../postgres/cluster.ts";
import { makeKey } from "../../postgres/key.ts";
import { followd, type Serving, serve } from "../../stress/races/program.ts";

/**
 * `node scripts/packaging/nodes/try.ts --graph FILE [--python BIN]`: two nodes on a PostgreSQL behind
 * each of the two proxies with the configurations of this folder. Clients walk a user's followers
 * through the proxy, over and over, while one node is killed and comes back.
 */
const { values: options } = parseArgs({
  options: { graph: { type: "string" }, python: { type: "string" } },
});
const PROXIES = {
  haproxy: ["haproxy.cfg", (file: string) => ["haproxy", "-db", "-f", file]],
  nginx: [
    "nginx.conf",
    (file: string) => ["nginx", "-e", "stderr", "-c", file, "-g", `daemon off; pid ${file}.pid;`],
  ],
} as const;
const WALKS_AFTER = 2;

const cluster = await startCluster({ durable: true });
const folder = mkdtempSync(join(tmpdir(), "followd-nodes-"));
const children: ChildProcess[] = [];
try {
  makeKey(folder);
  const database = ["--database", cluster.url];
  if (options.graph !== undefined) {
    const how = ["--mutual", "--create-users", "dev-{id}"];
    const begun = performance.now();
    await followd("import", "follows", options.graph, ...how, "--data", folder, ...database);
    console.log(`imported in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
  for (const [name, [file, start]] of Object.entries(PROXIES)) await tried(name, file, start);
} finally {
  for (const child of children) child.kill();
  cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The user with the most followers, and a token of theirs. */
function subject(): { username: string; id: number; followers: number; token: string } {
  const sql = `select username || ' ' || id || ' ' || sum(followers) from users
    join follow_counts on user_id = id group by id order by sum(followers) desc limit 1`;
  const row = cluster.run("psql", "-d", cluster.url, "-Atqc", sql).trim();
  const [username = "", id = "", followers = ""] = row.split(" ");
  const main = new URL("../../../src/main.js", import.meta.url).pathname;
  const words = ["token", "create", username, "--scope", "user,api", "--data", folder];
  const token = execFileSync(process.execPath, [main, ...words, "--database", cluster.url], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  return { username, id: Number(id), followers: Number(followers), token };
}

async function tried(
  name: string,
  file: string,
  start: (file: string) => readonly string[],
): Promise<void> {
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const node = (port: number) => serve(folder, "--database", cluster.url, "--port", String(port));
  const nodes: Serving[] = [await node(ports[1]), await node(ports[2])];
  const text = readFileSync(join(import.meta.dirname, file), "utf8")
    .replaceAll(":3000", `:${ports[0]}`)
    .replaceAll(":3001", `:${ports[1]}`)
    .replaceAll(":3002", `:${ports[2]}`);
  const own = join(folder, file);
  writeFileSync(own, text);
  const [program = "", ...words] = start(own);
  const proxy = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  children.push(proxy);
  const url = `http://127.0.0.1:${ports[0]}`;
  await answering(url);
  const { username, id, followers, token } = subject();
  const octokit = new Octokit({ auth: token, baseUrl: `${url}/api/v3` });
  const gitbeaker = new Gitlab({ host: url, token });
  const walk = async () => {
    const github = await octokit.paginate("GET /users/{username}/followers", {
      username,
      per_page: 100,
    });
    const gitlab = await gitbeaker.Users.allFollowers(id, { perPage: 100 });
    const python =
      options.python === undefined ? `${followers} ${followers}` : await walkInPython(url, token);
    const counts = [github.length, gitlab.length, ...python.split(" ").map(Number)];
    if (counts.some((count) => count !== followers)) {
      throw new Error(`${name}: ${followers} followers, walked ${counts.join()}`);
    }
  };
  const walkInPython = (to: string, secret: string): Promise<string> =>
    output(options.python ?? "", [
      join(import.meta.dirname, "walk.py"),
      ...[to, secret, username, String(id)],
    ]);
  await walk();
  let [walks, isOver] = [0, false];
  const walking = (async () => {
    while (!isOver || walks < WALKS_AFTER) {
      await walk();
      walks += 1;
    }
  })();
  process.kill(nodes[0]?.pid ?? 0, "SIGKILL");
  nodes[0] = await node(ports[1]);
  isOver = true;
  await walking;
  for (const each of nodes) await each.stop();
  proxy.kill();
  console.log(
    `${name}: ${walks} walks of ${followers} followers by each client, none failed, while a node was ` +
      "killed and came back",
  );
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${url}/-/readiness`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer.`);
}

async function output(program: string, words: readonly string[]): Promise<string> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let told = "";
  for await (const part of child.stdout) told += String(part);
  return told.trim();
}
