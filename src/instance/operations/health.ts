import type { components } from "../../generated/instance-types.ts";
import type { Context, Handler } from "../http/context.ts";
import { NotReady } from "../http/render-error.ts";
import { plainText } from "../http/send-response.ts";

type Readiness = components["schemas"]["readiness"];

/** With less than this on the disk the log of the database can't grow, and writes begin to fail. */
const LEAST_FREE_BYTES = 512 * 1024;

const failed = (message: string) => [{ status: "failed" as const, message }];

/** Whether requests may be sent here, with GitLab's names. Throws when they may not. */
async function checkReadiness({ isReady, store, figures }: Context): Promise<Readiness> {
  if (!isReady()) throw new NotReady({ master_check: failed("followd is starting or stopping.") });
  try {
    await store.engine.probe();
  } catch (error) {
    const message = "The database can't be read or written.";
    throw new NotReady({ master_check: [{ status: "ok" }], db_check: failed(message) }, error);
  }
  const { freeBytes = LEAST_FREE_BYTES } = figures?.() ?? {};
  if (freeBytes < LEAST_FREE_BYTES) {
    const message = "The disk is full.";
    throw new NotReady({ master_check: [{ status: "ok" }], db_check: failed(message) });
  }
  return { status: "ok", master_check: [{ status: "ok" }] };
}

export const health: Handler<"health"> = () => plainText("followd OK");

export const liveness: Handler<"liveness"> = () => ({ status: 200, body: { status: "ok" } });

export const readiness: Handler<"readiness"> = async (_input, context) => ({
  status: 200,
  body: await checkReadiness(context),
});

/** Editors and bots take a server for GitHub's by this text, and by the two headers. */
export const status: Handler<"status"> = async (_input, context) => {
  await checkReadiness(context);
  const [day, time = ""] = new Date(context.store.clock()).toISOString().split("T");
  const headers = ["Server", "GitHub.com", "X-GitHub-Request-Id", context.requestId];
  return { ...plainText(`GitHub lives! (${day} ${time.slice(0, 8)} +0000) (1)`), headers };
};
