import type { Store } from "../domain/store.ts";
import { requests } from "../generated/gitlab-v4-requests.ts";
import type { Dialect, RequestHead } from "../http/dialect.ts";
import { authenticate } from "./http/authenticate.ts";
import type { Context, GitLabSettings } from "./http/context.ts";
import { createContext, dialectBase, showsCredential } from "./http/dialect-base.ts";
import { lookupsFor } from "./http/lookup-limit.ts";
import { renderError } from "./http/render-error.ts";
import { handlersOfRelease } from "./http/versioned-handlers.ts";
import { operations } from "./operations/index.ts";
import { documentOfGitLabRelease } from "./versioned-document.ts";
import type { GitLabRelease } from "./versions.ts";

/** GitLab's REST API v4. */
export function gitlab(store: Store, settings: GitLabSettings): Dialect<Context> {
  const { document, handlers } = boundFor(settings.release);
  const lasting = { store, settings, lookups: lookupsFor(store, settings), signIns: undefined };
  return {
    ...dialectBase,
    name: "gitlab",
    document,
    handlers,
    preloadedOperations: [
      "listUsers",
      "getCurrentUser",
      "followUser",
      "unfollowUser",
      "listFollowers",
    ],
    affinity: affinityOf,
    createContext: (exchange) => createContext(lasting, exchange),
    authenticate,
    renderError,
  };
}

const bound = new Map<string, { document: object; handlers: Dialect["handlers"] }>();

/** The document of a release, and its handlers; servers of one process share them. */
function boundFor(release: GitLabRelease) {
  const known = bound.get(release.key) ?? {
    document: documentOfGitLabRelease(requests as object, release),
    handlers: handlersOfRelease(operations, release),
  };
  bound.set(release.key, known);
  return known;
}

/** By GitLab's credentials, or by a number where GitHub has names (at the bare root). */
function affinityOf(head: RequestHead): 0 | 1 | 3 {
  if (showsCredential(head)) return 3;
  return /^\/users\/\d+(?:\/|$)/.test(head.path) ? 1 : 0;
}
