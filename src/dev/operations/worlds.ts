import { version } from "../../version.ts";
import type { GivenToken } from "../apply-seed.ts";
import type { Handler } from "../http/context.ts";
import { DevApiError } from "../http/render-error.ts";
import { nextIds, setNextIds } from "../next-ids.ts";

const done = { status: 204 as const };

const tokenShape = ({ username, id, scopes, token }: GivenToken) => ({
  ...{ username, id, scopes, token },
});

export const world: Handler<"world"> = (_, { world: { name, origin } }) => {
  const tokens = origin.tokens.map(tokenShape);
  return { status: 200, body: { name, version, random_seed: origin.randomSeed, tokens } };
};

export const worlds: Handler<"worlds"> = (_, context) => ({
  status: 200,
  body: context.worlds.names,
});

export const endWorld: Handler<"endWorld"> = async ({ path }, context) => {
  if (await context.worlds.end(path.name)) return done;
  throw new DevApiError(404, `There is no world “${path.name}”.`);
};

export const reset: Handler<"reset"> = async (_, context) => {
  await context.world.reset();
  return done;
};

export const giveToken: Handler<"giveToken"> = async ({ body }, context) => {
  const given = await context.world.tokenFor(body.username, body.scopes);
  return { status: 201, body: tokenShape(given) };
};

export const snapshots: Handler<"snapshots"> = (_, context) => ({
  status: 200,
  body: context.world.snapshots,
});

export const keep: Handler<"keep"> = ({ path }, context) => {
  if (context.world.keep(path.name)) return done;
  throw new DevApiError(409, "There are too many snapshots; delete one.");
};

const noSnapshot = (name: string) => new DevApiError(404, `There is no snapshot “${name}”.`);

export const drop: Handler<"drop"> = ({ path }, context) => {
  if (context.world.drop(path.name)) return done;
  throw noSnapshot(path.name);
};

export const restore: Handler<"restore"> = ({ path }, context) => {
  if (context.world.restore(path.name)) return done;
  throw noSnapshot(path.name);
};

export const ids: Handler<"ids"> = (_, { world: { database } }) => ({
  status: 200,
  body: nextIds(database),
});

export const setIds: Handler<"setIds"> = ({ body }, { world: { database } }) => {
  const back = setNextIds(database, body);
  if (back === undefined) return { status: 200, body: nextIds(database) };
  throw new DevApiError(422, `The next of ${back} is ${nextIds(database)[back]} or later.`);
};
