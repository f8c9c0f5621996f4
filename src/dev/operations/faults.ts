import { problemWith } from "../fault-rules.ts";
import type { Context, Handler } from "../http/context.ts";
import { DevApiError } from "../http/render-error.ts";

export const faults: Handler<"faults"> = (_, { world }) => ({
  status: 200,
  body: world.faults.all,
});

export const addFault: Handler<"addFault"> = async ({ body }, { world }) => {
  const problem = await problemWith(body);
  if (problem !== undefined) throw new DevApiError(422, problem);
  return { status: 201, body: world.faults.add(body) };
};

export const endFault: Handler<"endFault"> = ({ path }, { world }) => {
  if (world.faults.end(path.id)) return { status: 204 };
  throw new DevApiError(404, `There is no fault ${path.id}.`);
};

export const endFaults: Handler<"endFaults"> = (_, { world }) => {
  world.faults.clear();
  return { status: 204 };
};

function shown({ world: { limits } }: Context) {
  const body = {
    rate_limit: limits.rateLimit,
    rate_limit_anonymous: limits.rateLimitAnonymous,
    rate_limit_writes: limits.rateLimitWrites,
    lookup_limit: limits.lookupLimit,
    follow_limit: limits.followLimit,
  };
  return { status: 200 as const, body };
}

export const limits: Handler<"limits"> = (_, context) => shown(context);

export const setLimits: Handler<"setLimits"> = async ({ body }, context) => {
  const { world } = context;
  await world.limit({
    rateLimit: body.rate_limit ?? world.limits.rateLimit,
    rateLimitAnonymous: body.rate_limit_anonymous ?? world.limits.rateLimitAnonymous,
    rateLimitWrites: body.rate_limit_writes ?? world.limits.rateLimitWrites,
    lookupLimit: body.lookup_limit ?? world.limits.lookupLimit,
    followLimit: body.follow_limit ?? world.limits.followLimit,
  });
  return shown(context);
};
