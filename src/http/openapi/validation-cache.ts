import { hasBody } from "../body-parsing.ts";
import type { Exchange, Operation } from "../dialect.ts";
import { sharedCache } from "../process-caches.ts";

type Validate<Answer> = (exchange: Exchange) => Answer;

const KEPT_BYTES = 4 * 2 ** 20;
/** Of the key, and of what the validator made of it. */
const BYTES_PER_CHARACTER = 8;

/** The parameters of an address as the validator left them: numbers, say, for what they are. */
interface Accepted {
  readonly path: Readonly<Record<string, string>>;
  readonly query: object;
}

const accepted = sharedCache<Accepted>("accepted addresses", KEPT_BYTES, BYTES_PER_CHARACTER);
let documents = 0;

/**
 * The same judgement, given once for an address and not again at each request for it: where nothing
 * but the address is judged, it can't come out otherwise. Refusals are not remembered, and neither
 * are addresses with a credential.
 */
export function withValidationCache(
  validate: Validate<Promise<void>>,
): Validate<Promise<void> | undefined> {
  documents += 1;
  const document = documents;
  return (exchange) => {
    const { req, match } = exchange;
    const { originalUrl: url } = req;
    if (!match || !isByAddress(match.target) || hasBody(exchange) || url.includes("token")) {
      return validate(exchange);
    }
    const key = `${document} ${req.method} ${url}`;
    const known = accepted.get(key);
    if (known === undefined) {
      return validate(exchange).then(() => {
        accepted.set(key, { path: { ...match.path }, query: Object.freeze(req.query) });
      });
    }
    Object.assign(match.path, known.path);
    Object.defineProperty(req, "query", { value: known.query, configurable: true });
    return undefined;
  };
}

/** Whether nothing but the path and the query is declared. */
const isByAddress = ({ schema: { parameters, requestBody } }: Operation): boolean =>
  requestBody === undefined &&
  parameters.every(({ in: place }) => place === "path" || place === "query");
