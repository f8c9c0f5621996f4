import { join } from "node:path";
import { type Disk, smallDisk } from "./disks.ts";
import { createDatabase, type Server, startServer, type TestDatabase, wrongsIn } from "./server.ts";
import type { Row } from "./table.ts";

const MOST_WRITES = 20_000;

/**
 * Fills the disk under a server: what it reads it goes on answering, what it can't write it refuses
 * in each dialect's words, and with room again it writes, without having been restarted.
 */
export async function full(folder: string, times: number): Promise<Row[]> {
  const disk = smallDisk(join(folder, "disk"));
  try {
    return await onto(disk, times);
  } finally {
    disk.remove();
  }
}

async function onto(disk: Disk, times: number): Promise<Row[]> {
  const database = await createDatabase(join(disk.folder, "data"), 100, 1);
  const server = await startServer(database.data);
  const wrongs: string[] = [];
  const pid = server.child.pid ?? 0;
  try {
    for (let round = 0; round < times; round += 1) {
      disk.fill(pid);
      wrongs.push(...(await whileFull(database, server, disk)));
      disk.makeRoom(pid);
      wrongs.push(...(await withRoom(database, server)));
    }
  } finally {
    await server.end("SIGTERM");
  }
  wrongs.push(...wrongsIn(database.file));
  const name = `${disk.what}, ${times} times`;
  return [
    { name, what: "wrong answers, or damage", value: wrongs.length, most: 0, examples: wrongs },
  ];
}

type Answer = [status: number, body: string];

async function ask(server: Server, method: string, path: string, headers = {}): Promise<Answer> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { "User-Agent": "crash", ...headers },
  });
  return [answer.status, await answer.text()];
}

/** Writes until that is refused, in each dialect, then looks at what else is answered. */
async function whileFull(database: TestDatabase, server: Server, disk: Disk): Promise<string[]> {
  const { targets, github, gitlab } = { ...database, ...credentials(database) };
  const wrongs: string[] = [];
  const expect = (what: string, [status, body]: Answer, expected: number, shape?: RegExp) => {
    if (status === expected && (shape?.test(body) ?? true)) return;
    wrongs.push(`${what}: ${status} ${body.slice(0, 100)}`);
  };
  const put = (target: number) => {
    const method = Math.floor(target / targets.length) % 2 === 0 ? "PUT" : "DELETE";
    return ask(server, method, `/api/v3/user/following/target-${target % targets.length}`, github);
  };
  expect("GitHub's write", await untilRefused(put), 503, GITHUB_SHAPE);
  const post = (target: number) => {
    const verb = Math.floor(target / targets.length) % 2 === 0 ? "follow" : "unfollow";
    return ask(server, "POST", `/api/v4/users/${1 + (target % targets.length)}/${verb}`, gitlab);
  };
  expect("GitLab's write", await untilRefused(post), 503, GITLAB_SHAPE);
  expect("GitHub's read", await ask(server, "GET", `/api/v3/users/${targets[0]}`, github), 200);
  expect("GitLab's read", await ask(server, "GET", "/api/v4/users/1/followers", gitlab), 200);
  expect("liveness", await ask(server, "GET", "/-/liveness"), 200);
  if (disk.staysFull) {
    const shape = /"db_check":\[\{"status":"failed","message":"The d/;
    expect("readiness", await ask(server, "GET", "/-/readiness"), 503, shape);
  }
  return wrongs;
}

const GITHUB_SHAPE = /^\{\s*"message":\s*"Service Unavailable",\s*"documentation_url"/;
const GITLAB_SHAPE = /^\{"message":"503 Service Unavailable"\}$/;

const credentials = ({ writers: [writer] }: TestDatabase) => ({
  github: { Authorization: `token ${writer?.token}` },
  gitlab: { "PRIVATE-TOKEN": writer?.token ?? "" },
});

async function untilRefused(attempt: (number: number) => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < MOST_WRITES; tries += 1) {
    const answer = await attempt(tries);
    if (answer[0] >= 400) return answer;
  }
  return [204, "it never was full"];
}

async function withRoom(database: TestDatabase, server: Server): Promise<string[]> {
  const { targets, github: headers } = { ...database, ...credentials(database) };
  const path = `/api/v3/user/following/${targets[0]}`;
  const answers = [
    await ask(server, "PUT", path, headers),
    await ask(server, "GET", path, headers),
    await ask(server, "DELETE", path, headers),
    await ask(server, "GET", path, headers),
    await ask(server, "GET", "/-/readiness"),
  ];
  const found = answers.map(([status]) => status).join();
  return found === "204,204,204,404,200" ? [] : [`with room again: ${found}`];
}
