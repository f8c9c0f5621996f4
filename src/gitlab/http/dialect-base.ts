import type { Dialect, Exchange, RequestHead } from "../../http/dialect.ts";
import { originOf } from "../../http/public-origin.ts";
import { requestIdOf } from "../../http/request-id.ts";
import { checkAdministrator } from "./authenticate.ts";
import { isDate } from "./coerce-parameters.ts";
import { passToValidator } from "./collect-parameters.ts";
import type { Context } from "./context.ts";
import { faults } from "./faults.ts";
import { PATH_FORMAT } from "./formats.ts";
import { checkGroups } from "./render-error.ts";
import { PREFLIGHT } from "./response-headers.ts";
import { hasScope } from "./scopes.ts";
import { sendResponse } from "./send-response.ts";

/** How GitLab speaks HTTP in every version of its API. */
export const dialectBase = {
  security: {
    // Under sudo only the scope `sudo` is asked for, and it has been by now.
    token: ({ context: { caller, sudo } }, scopes) =>
      caller !== undefined && (sudo || hasScope(caller, scopes)),
    anonymous: ({ context: { caller } }) => caller === undefined,
  },
  validation: {
    allErrors: true,
    formats: { "grape-date": isDate, "grape-date-time": isDate, "grape-file": () => false },
  },
  strictPathPatterns: true,
  pathOf,
  preflight: ({ req }) =>
    req.method === "OPTIONS" && req.headers["access-control-request-method"] !== undefined
      ? { status: 204, headers: PREFLIGHT }
      : undefined,
  checkCaller: ({ context }, operation) => checkAdministrator(context, operation),
  parseRequest: passToValidator,
  afterValidation: checkGroups,
  sendResponse,
  faults,
} satisfies Partial<Dialect<Context>>;

/** A slash or a format at the end leads to the same operation. */
function pathOf(path: string): string {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed.replace(PATH_FORMAT, "");
}

const CREDENTIALS = ["private-token", "job-token", "sudo"];

/** Whether a request shows a credential that GitLab alone takes, or a browser announces one. */
export function showsCredential({ headers, url }: RequestHead): boolean {
  if (CREDENTIALS.some((name) => name in headers)) return true;
  if (/[?&](?:private_token|job_token|sudo)=/.test(url)) return true;
  const announced = headers["access-control-request-headers"];
  return announced !== undefined && /\b(?:private-token|job-token|sudo)\b/i.test(announced);
}

/** The initial context of a request. */
export function createContext(
  lasting: Pick<Context, "store" | "settings" | "lookups" | "signIns">,
  exchange: Omit<Exchange, "context">,
): Context {
  const { store, settings } = lasting;
  return {
    ...lasting,
    exchange,
    base: store.responses.base(
      exchange.dialect,
      originOf(exchange.req, settings.publicUrl),
      exchange.prefix,
    ),
    requestId: requestIdOf(exchange.req, store.random),
    started: performance.now(),
    caller: undefined,
    viewer: undefined,
    sudo: false,
    parameters: {},
    uploads: new Map(),
  };
}
