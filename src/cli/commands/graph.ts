import { Command, Option } from "commander";
import * as graph from "../../domain/follows/graph.ts";
import { shortestPath } from "../../domain/follows/shortest-path.ts";
import type { Store } from "../../domain/store.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb, wholeNumber } from "../command.ts";
import { count } from "../count.ts";
import { userCalled } from "../find-user.ts";
import { table } from "../table.ts";
import { GRAPH_FORMATS, type GraphFormat, neighbourhoodLines } from "./graph-formats.ts";

interface Common {
  json?: boolean;
}

const HELP = `
The answers are those of the explorer: private profiles and follows of users who are shut out do not
count. A server may run meanwhile.`;

/** A question about the graph, as all of these verbs begin. */
const question = (name: string, description: string): Command =>
  verb(name, description).addHelpText("after", HELP);

export function command(): Command {
  const mutuals = question("mutuals", "Lists who follows a user and is followed back.")
    .argument("<username>")
    .argument("[other]", "only those with whom this user, too, follows each other")
    .action(printMutuals);
  const common = question("common", "Lists whom two users both follow.")
    .argument("<username>")
    .argument("<other>")
    .option("--followers", "who follows both instead")
    .action(printCommon);
  const oneSided = question("non-mutuals", "Lists whom a user follows without being followed back.")
    .argument("<username>")
    .action((username: string, options: Common) =>
      printPages(options, [username], (store, [user], after) =>
        graph.nonMutuals(store, user.id, after),
      ),
    );
  const path = question("path", "Prints a shortest path of follows from one user to another.")
    .argument("<from>")
    .argument("<to>")
    .addHelpText("after", "\nA username a line, both ends included; nothing where there is none.")
    .action(printPath);
  const suggestions = question("suggestions", "Lists users who are followed by those one follows.")
    .argument("<username>")
    .action(printSuggestions);
  const all = [mutuals, common, oneSided, path, suggestions, neighbourhoodCommand()];
  return all.reduce((one, below) => one.addCommand(below), new Command("graph"));
}

const NEIGHBOURHOOD_HELP = `
Follows both ways, and all follows among those who are found. Users at depth 2 are those whom most of
depth 1 follow. Of at most ${graph.MAX_NODES} users; \`followd export graph --user NAME\` has no such bound.`;

function neighbourhoodCommand(): Command {
  return question("neighbourhood", "Writes the graph around a user.")
    .alias("neighborhood")
    .argument("<username>")
    .addOption(
      new Option("--depth <number>", "follows from the user").choices(["1", "2"]).default("1"),
    )
    .option(
      "--limit <number>",
      "at most so many users",
      wholeNumber(1, graph.MAX_NODES),
      graph.MAX_NODES,
    )
    .addOption(
      new Option("--format <format>", "csv by default; --json is the same as json").choices(
        GRAPH_FORMATS,
      ),
    )
    .addHelpText("after", NEIGHBOURHOOD_HELP)
    .action(writeNeighbourhood);
}

/** The users of these names; throws a line that says which one is missing. */
async function usersCalled<Names extends readonly string[]>(store: Store, names: Names) {
  const found: graph.GraphUser[] = [];
  for (const name of names) found.push(await userCalled(store, name));
  return found as { [Place in keyof Names]: graph.GraphUser };
}

/** All parts of an answer, one after the other. */
async function readAll(
  read: (after: number) => Promise<graph.GraphPage>,
): Promise<graph.GraphUser[]> {
  const users: graph.GraphUser[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page: graph.GraphPage = await read(after);
    users.push(...page.users);
    after = page.next;
  }
  return users;
}

async function printPages<const Names extends readonly string[]>(
  options: Common,
  names: Names,
  read: (
    store: Store,
    users: { [Place in keyof Names]: graph.GraphUser },
    after: number,
  ) => Promise<graph.GraphPage>,
): Promise<void> {
  const found = await withData(configOf(options), async (store) => {
    const users = await usersCalled(store, names);
    return readAll((after) => read(store, users, after));
  });
  printUsers(found, options);
}

async function printMutuals(
  username: string,
  other: string | undefined,
  options: Common,
): Promise<void> {
  const found = await withData(configOf(options), async (store) => {
    const mutualsOf = async (name: string) => {
      const { id } = await userCalled(store, name);
      return readAll((after) => graph.mutuals(store, id, after));
    };
    const own = await mutualsOf(username);
    if (other === undefined) return own;
    const ids = new Set((await mutualsOf(other)).map(({ id }) => id));
    return own.filter(({ id }) => ids.has(id));
  });
  printUsers(found, options);
}

function printCommon(
  username: string,
  other: string,
  options: Common & { followers?: boolean },
): Promise<void> {
  const end = options.followers === true ? "followers" : "following";
  return printPages(options, [username, other], (store, users, after) =>
    graph.listInCommon(store, users, end, after),
  );
}

async function printPath(from: string, to: string, options: Common): Promise<void> {
  const found = await withData(configOf(options), async (store) =>
    shortestPath(store, ...(await usersCalled(store, [from, to] as const))),
  );
  const path = found.path?.map(graph.toGraphUser) ?? null;
  const complete = !("isBounded" in found && found.isBounded);
  if (options.json === true) return print(true, { path, complete }, "");
  if (path !== null) return print(false, path, path.map(({ username }) => username).join("\n"));
  printInfo(
    complete
      ? `There is no path from ${from} to ${to}.`
      : `No path from ${from} to ${to} was found among the follows that one search reads.`,
  );
}

async function printSuggestions(username: string, options: Common): Promise<void> {
  const found = await withData(configOf(options), async (store) =>
    graph.suggestions(store, (await userCalled(store, username)).id),
  );
  const rows = found.map(({ id, username: name, ties }) => [String(id), name, String(ties)]);
  const users = found.map((user) => ({ ...graph.toGraphUser(user), ties: user.ties }));
  print(options.json, users, table([["ID", "USERNAME", "TIES"], ...rows]));
}

function printUsers(users: readonly graph.GraphUser[], options: Common): void {
  const rows = users.map(({ id, username, followers, following }) =>
    [id, username, followers, following].map(String),
  );
  const head = ["ID", "USERNAME", "FOLLOWERS", "FOLLOWING"];
  print(options.json, users.map(graph.toGraphUser), table([head, ...rows]));
}

async function writeNeighbourhood(
  username: string,
  options: Common & { depth: string; limit: number; format?: GraphFormat },
): Promise<void> {
  const depth = options.depth === "2" ? 2 : 1;
  const around = await withData(configOf(options), async (store) =>
    graph.neighbourhood(store, await userCalled(store, username), depth, options.limit),
  );
  const format = options.format ?? (options.json === true ? "json" : "csv");
  process.stdout.write([...neighbourhoodLines(format, around, depth)].join(""));
  if (around.truncated && options.json !== true) {
    printInfo(`This is a part: ${count(around.nodes.length, "user")}, and there are more.`);
  }
}
