import type { IncomingMessage } from "node:http";

/** A whole address: a host that could be one, and what follows it. */
const WHOLE =
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(?:[^/?#@:[\]]*|\[[0-9a-f:.]*\])(?::\d*)?([/?#].*)?$/i;

/**
 * The target of a request as all readers after this one take it alike: a path with its query.
 * A client that takes the server for a proxy sends the whole address (RFC 9112, section 3.2.2), and a fragment,
 * which no target has, becomes a part of the path. Undefined for a malformed target. Node's old
 * `url.parse`, which Express asks about all but plain paths, says yes to some of them and no to
 * others, and warns.
 */
function plainTarget(url: string): string | undefined {
  if (url.startsWith("/")) return url.includes("#") ? url.replaceAll("#", "%23") : url;
  if (url === "*") return "/*";
  const found = WHOLE.exec(url);
  if (found === null) return undefined;
  const [, rest = "/"] = found;
  return plainTarget(rest.startsWith("/") ? rest : `/${rest}`);
}

/** Normalises the target of a request. False for a malformed one. */
export function readTarget(req: IncomingMessage): boolean {
  const target = plainTarget(req.url ?? "/");
  if (target !== undefined) req.url = target;
  return target !== undefined;
}
