import { byUsername, findUserIdByUsername } from "../../domain/users/users.ts";
import { version } from "../../version.ts";
import * as seeds from "../apply-seed.ts";
import type { Context, Handler } from "../http/context.ts";
import { DevApiError } from "../http/render-error.ts";
import { nextIds, setNextIds } from "../next-ids.ts";
import type { CreatedToken } from "../seed-tokens.ts";
import type { TokenRequest } from "../world.ts";

const done = { status: 204 as const };

const tokenShape = ({ username, id, scopes, token }: CreatedToken) => ({
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
  const { username, ...request } = body;
  const given = await context.world.tokenFor(username, request as TokenRequest);
  return { status: 201, body: tokenShape(given) };
};

async function shownUser({ world: { store } }: Context, username: string) {
  const { id, username: name } = await byUsername(store, username);
  return { id, username: name };
}

export const addUser: Handler<"addUser"> = async ({ body }, context) => {
  await seeds.addUser(context.world.store, body);
  return { status: 201, body: await shownUser(context, String(body.username ?? body.login)) };
};

export const changeUser: Handler<"changeUser"> = async ({ path, body }, context) => {
  const { store } = context.world;
  if ((await findUserIdByUsername(store, path.username)) === undefined) {
    throw new DevApiError(404, `There is no user “${path.username}”.`);
  }
  await seeds.changeUser(store, path.username, body);
  const { username = body.login ?? path.username } = body;
  return { status: 200, body: await shownUser(context, String(username)) };
};

export const addEvents: Handler<"addEvents"> = async ({ body }, { world: { store } }) => {
  const added = await seeds.addEvents(store, Array.isArray(body) ? body : [body], []);
  return { status: 201, body: { added } };
};

export const nameGroup: Handler<"nameGroup"> = async ({ path, body }, { world: { store } }) => {
  await seeds.nameSources(store, { groups: [{ id: path.id, name: body.name }] });
  return done;
};

export const nameProject: Handler<"nameProject"> = async ({ path, body }, { world: { store } }) => {
  await seeds.nameSources(store, { projects: [{ id: path.id, name: body.name }] });
  return done;
};

export const snapshots: Handler<"snapshots"> = (_, context) => ({
  status: 200,
  body: context.world.snapshots,
});

export const saveSnapshot: Handler<"keep"> = ({ path }, context) => {
  if (context.world.keep(path.name)) return done;
  throw new DevApiError(409, "There are too many snapshots; delete one.");
};

const noSnapshot = (name: string) => new DevApiError(404, `There is no snapshot “${name}”.`);

export const deleteSnapshot: Handler<"drop"> = ({ path }, context) => {
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
