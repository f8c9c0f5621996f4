import type { Request } from "express";

const NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
const LINK = /<([^<>]*)>; rel="([^"]*)"/g;

/** The function that a script wants called with the answer (docs: JSON-P callbacks). */
export function callbackOf(req: Request): string | undefined {
  // HEAD has the headers that GET would have.
  if (req.method !== "GET" && req.method !== "HEAD") return undefined;
  if (!req.url.includes("callback=")) return undefined;
  const { callback } = req.query;
  return typeof callback === "string" && NAME.test(callback) ? callback : undefined;
}

/** The answer as a script, which has no headers: those that matter are in `meta`. */
export function script(
  callback: string,
  status: number,
  headers: readonly string[],
  text: Buffer | string,
): Buffer {
  const meta = JSON.stringify({ status, ...metaOf(headers) });
  // These two end a line in JavaScript but not in JSON.
  const data = text.toString().replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return Buffer.from(`/**/${callback}({"meta":${meta},"data":${data}})`);
}

function metaOf(headers: readonly string[]): Record<string, unknown> {
  const meta: Record<string, unknown> = {};
  for (let at = 0; at < headers.length; at += 2) {
    const [name = "", value = ""] = headers.slice(at, at + 2);
    // The vendor's examples have these in lower case, and Link not.
    if (name.startsWith("X-RateLimit-")) meta[name.toLowerCase()] = value;
    if (/^(?:ETag|Last-Modified|X-GitHub-Media-Type)$/.test(name)) meta[name] = value;
    if (name === "Link") {
      meta[name] = [...value.matchAll(LINK)].map(([, url, rel]) => [url, { rel }]);
    }
  }
  return meta;
}
