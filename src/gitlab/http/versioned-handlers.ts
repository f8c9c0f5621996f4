import type { Reply } from "../../http/handler.ts";
import { ANSWER_SCHEMAS, type GitLabRelease, type VersionedSchema } from "../versions.ts";
import type { Context } from "./context.ts";
import { limitedHandlers } from "./user-limits.ts";

type Handle = (input: unknown, context: Context) => Reply | Promise<Reply>;

/** The handlers of the operations that a release has, with its limits and its members. */
export function handlersOfRelease(
  handlers: Readonly<Record<string, unknown>>,
  release: GitLabRelease,
): Readonly<Record<string, unknown>> {
  const present = Object.entries(handlers).filter(([id]) => release.hasOperation(id));
  const trimmed = present.map(([id, handle]) => {
    const schema = ANSWER_SCHEMAS[id];
    return [id, schema === undefined ? handle : trimAnswers(handle as Handle, schema, release)];
  });
  return limitedHandlers(Object.fromEntries(trimmed), release);
}

const trimAnswers =
  (handle: Handle, schema: VersionedSchema, release: GitLabRelease): Handle =>
  async (input, context) => {
    const reply = await handle(input, context);
    const { body } = reply as { body?: object | object[] };
    if (body === undefined) return reply;
    const trim = (each: object) => release.present(schema, each);
    return { ...reply, body: Array.isArray(body) ? body.map(trim) : trim(body) } as Reply;
  };
