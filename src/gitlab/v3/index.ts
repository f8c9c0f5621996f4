import type { Store } from "../../domain/store.ts";
import { requests } from "../../generated/gitlab-v3-requests.ts";
import type { Dialect } from "../../http/dialect.ts";
import type { Reply } from "../../http/handler.ts";
import { counterOptions, Limiter } from "../../http/rate-limiter.ts";
import { badRequest } from "../http/api-error.ts";
import type { Context, GitLabSettings } from "../http/context.ts";
import { createContext, dialectBase, showsCredential } from "../http/dialect-base.ts";
import { lookupsFor } from "../http/lookup-limit.ts";
import { renderError } from "../http/render-error.ts";
import { authenticate } from "./http/authenticate.ts";
import { complain } from "./http/grape-messages.ts";

/** The window in which tries to sign in are counted. */
const SIGN_IN_WINDOW_MS = 60 * 1000;
const RETIRED = badRequest("API V3 is no longer supported. Use API V4 instead.", 410);

/** Callers of an old version are few: what answers them is loaded with the first of them. */
const answering =
  (id: string) =>
  async (input: unknown, context: Context): Promise<Reply> => {
    // An import takes node some microseconds each time, also of what is there.
    loading ??= import("./operations/index.ts");
    const { operations } = await loading;
    const answer = operations[id as keyof typeof operations];
    return answer(input as never, context);
  };

let loading: Promise<typeof import("./operations/index.ts")> | undefined;

const entries = Object.values(requests.paths).flatMap((item) => Object.values(item ?? {}));
const handlers = Object.fromEntries(
  (entries as { operationId: string }[]).map(({ operationId }) => [
    operationId,
    answering(operationId),
  ]),
);

/** GitLab's REST API v3, as GitLab 8.13 and GitSwarm spoke it. */
export function gitlabV3(store: Store, settings: GitLabSettings): Dialect<Context> {
  const { signInLimit } = settings;
  const signIns =
    signInLimit > 0
      ? new Limiter<string>(signInLimit, SIGN_IN_WINDOW_MS, counterOptions(store, "sign-ins by v3"))
      : undefined;
  const lasting = { store, settings, lookups: lookupsFor(store, settings), signIns };
  return {
    ...dialectBase,
    name: "gitlab-v3",
    document: requests,
    handlers,
    preloadedOperations: [],
    affinity: (head) => (showsCredential(head) ? 3 : 0),
    createContext: (exchange) => createContext(lasting, exchange),
    authenticate,
    renderError: (exchange, error) => renderError(exchange, error, complain),
  };
}

/** The third version when it is switched off: 410 and a hint at the fourth, as later GitLabs answer. */
export const retiredGitlabV3 = (store: Store, settings: GitLabSettings): Dialect<Context> => ({
  ...gitlabV3(store, settings),
  authenticate: () => Promise.reject(RETIRED),
});
