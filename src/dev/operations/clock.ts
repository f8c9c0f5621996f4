import type { Context, Handler } from "../http/context.ts";
import { DevApiError } from "../http/render-error.ts";

/** What a Date can be, less a little for those who add to it. */
const LAST = 8e15;

const shown = ({ world }: Context) => ({ status: 200 as const, body: world.clock.showing });

export const clock: Handler<"clock"> = (_, context) => shown(context);

export const setClock: Handler<"setClock"> = ({ body }, context) => {
  const { clock } = context.world;
  const time = body.time === undefined ? clock.now() : Date.parse(body.time);
  if (Number.isNaN(time)) throw new DevApiError(422, `“${body.time}” is no time.`);
  if (body.frozen ?? clock.showing.frozen) clock.freeze(time);
  else clock.run(time);
  return shown(context);
};

export const moveClock: Handler<"moveClock"> = ({ body }, context) => {
  const { clock } = context.world;
  const milliseconds = Math.round(body.seconds * 1000);
  if (Math.abs(clock.now() + milliseconds) > LAST) throw new DevApiError(422, "That is too far.");
  clock.move(milliseconds);
  return shown(context);
};
