import type { Exchange } from "../../http/dialect.ts";
import { type Reply, serialize } from "../../http/handler.ts";
import type { Context } from "./context.ts";

const ALWAYS: readonly string[] = [
  ...["X-Content-Type-Options", "nosniff"],
  ...["Content-Security-Policy", "default-src 'none'"],
  ...["Cache-Control", "no-store"],
];

/** Writes an answer, as JSON where it has a body. */
export async function send({ context, res }: Exchange<Context>, reply: Reply): Promise<void> {
  const headers = [...ALWAYS, "X-Followd-World", context.world.name];
  const body = await (typeof reply.body === "function" ? reply.body() : reply.body);
  if (body === undefined) {
    res.writeHead(reply.status, headers);
    res.end();
    return;
  }
  const { text } = serialize(body);
  const type = ["Content-Type", "application/json; charset=utf-8"];
  res.writeHead(reply.status, [...headers, ...type, "Content-Length", String(text.length)]);
  res.end(text);
}
