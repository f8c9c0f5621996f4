import { requests } from "../generated/graph-requests.ts";
import { dropBody } from "../http/body-parsing.ts";
import type { Dialect } from "../http/dialect.ts";
import { requestIdOf } from "../http/request-id.ts";
import { authenticate } from "./http/authenticate.ts";
import type { Context, GraphSettings } from "./http/context.ts";
import { renderError } from "./http/render-error.ts";
import { sendResponse } from "./http/send-response.ts";
import { operations } from "./operations/index.ts";

/** Questions about the follow graph that neither vendor answers: followd's own operations. */
export const graph = (settings: GraphSettings): Dialect<Context> => ({
  name: "graph",
  document: requests,
  handlers: operations,
  // A credential that is none was refused before; which one it is decides what is seen.
  security: { token: ({ context }) => context.caller !== undefined },
  preloadedOperations: [],
  createContext: (exchange) => ({
    settings,
    ...{
      exchange,
      store: settings.store,
      requestId: requestIdOf(exchange.req, settings.store.random),
    },
    ...{ caller: undefined, viewer: undefined },
  }),
  authenticate,
  parseRequest: dropBody,
  sendResponse,
  renderError,
});
