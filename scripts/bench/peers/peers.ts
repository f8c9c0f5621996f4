import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultConfig } from "../../../src/config/config.ts";
import * as tokens from "../../../src/domain/credentials/tokens.ts";
import { follow } from "../../../src/domain/follows/follows.ts";
import * as accounts from "../../../src/domain/users/accounts.ts";
import { openData } from "../../../src/server/data-directory.ts";
import { description } from "./description.ts";
import { VERSIONS } from "./installed.ts";

/** So many follow octocat, where a server can hold that. */
export const FOLLOWERS = 3000;

/** One server of the comparison: how to start it, and where it answers. */
export interface Peer {
  readonly name: string;
  /** What its own words for it would be. */
  readonly does: string;
  readonly script: string;
  readonly words: (port: number) => readonly string[];
  /** What comes before GitHub's paths. */
  readonly prefix: string;
  /** All of them octocat's; one each is enough where requests are not counted. */
  readonly tokens: readonly string[];
  /** Whether it has addresses for following. */
  readonly follows: boolean;
}

const MAIN = new URL("../../../src/main.js", import.meta.url).pathname;

/** Makes what each of them serves from, and tells how it is started. */
export async function prepare(folder: string): Promise<Peer[]> {
  const document = join(folder, "github.json");
  writeFileSync(document, description());
  const at = (path: string) => join(folder, "node_modules", path);
  const local = { prefix: "", tokens: ["token_0"] };
  return [
    await followd(join(folder, "data")),
    {
      name: `Prism ${VERSIONS["@stoplight/prism-cli"]}`,
      does: "answers with the description's examples",
      script: at("@stoplight/prism-cli/dist/index.js"),
      words: (port) => ["mock", document, "-p", String(port), "-v", "error"],
      ...{ ...local, follows: true },
    },
    {
      name: `Mockoon ${VERSIONS["@mockoon/cli"]}`,
      does: "answers with templates made from the description",
      script: at("@mockoon/cli/bin/run.js"),
      words: (port) => [
        "start",
        "--data",
        document,
        "--port",
        String(port),
        "--disable-log-to-file",
      ],
      ...{ ...local, follows: true },
    },
    {
      name: `emulate ${VERSIONS.emulate}`,
      does: "emulates GitHub in memory, with an empty list for followers; counts 5,000 requests a token",
      script: at("emulate/dist/index.js"),
      words: (port) => ["start", "-s", "github", "-p", String(port), "--seed", emulateSeed(folder)],
      ...{ prefix: "", tokens: EMULATE_TOKENS, follows: true },
    },
    jsonServer(folder, at("json-server/lib/cli/bin.js")),
  ];
}

async function followd(data: string): Promise<Peer> {
  const { store } = await openData({ ...defaultConfig, data }, { mayCreate: true });
  const make = async (username: string) => (await accounts.createAccount(store, { username })).id;
  try {
    const octocat = await make("octocat");
    await make("mona");
    const names = Array.from({ length: FOLLOWERS }, (_, place) => `fan${place}`);
    const fans = await Promise.all(names.map(make));
    await Promise.all(fans.map((fan) => follow(store, fan, octocat)));
    const [token] = await tokens.issue(store, { userId: octocat, name: "b", scopes: ["user"] });
    return {
      name: "followd",
      does: "holds a graph in a file; every change is synced before it is answered",
      script: MAIN,
      words: (port) => ["serve", "--data", data, "--port", String(port)],
      ...{ prefix: "/api/v3", tokens: [token], follows: true },
    };
  } finally {
    await store.engine.close();
  }
}

/** It refuses a token's 5,001st request in an hour, as GitHub does, so it is asked with many. */
const EMULATE_TOKENS = Array.from({ length: 200 }, (_, place) => `token_${place}`);

function emulateSeed(folder: string): string {
  const file = join(folder, "emulate.yaml");
  const store = ["octocat", "mona"].map((login) => `    - login: ${login}\n`).join("");
  const tokens_ = EMULATE_TOKENS.map((token) => `  ${token}: { login: octocat, scopes: [user] }\n`);
  writeFileSync(file, `tokens:\n${tokens_.join("")}github:\n  users:\n${store}`);
  return file;
}

/** It serves collections, so followers are one, under GitHub's address by a rule of its own. */
function jsonServer(folder: string, script: string): Peer {
  const [database, routes] = [join(folder, "db.json"), join(folder, "routes.json")];
  const followers = Array.from({ length: FOLLOWERS }, (_, place) => ({
    ...{ id: place + 1, followed: "octocat", login: `fan${place}` },
    ...{ node_id: `MDQ6${place}`, url: `http://127.0.0.1/users/fan${place}`, site_admin: false },
  }));
  writeFileSync(database, JSON.stringify({ followers }));
  const list = "/users/:login/followers\\?page=:page&per_page=:size";
  const target = "/followers?followed=:login&_page=:page&_limit=:size";
  writeFileSync(routes, JSON.stringify({ [list]: target }));
  return {
    name: `json-server ${VERSIONS["json-server"]}`,
    does: "serves rows of a JSON file, with none of GitHub's members that depend on one another",
    script,
    words: (port) => ["--port", String(port), "--quiet", "--routes", routes, database],
    ...{ prefix: "", tokens: [], follows: false },
  };
}
