import { sharedCache } from "../../http/process-caches.ts";
import { ApiError } from "./api-error.ts";
import type { Context } from "./context.ts";

export const API_VERSION = "2022-11-28";

const PLAIN = "github.v3; format=json";
const KEPT_BYTES = 2 ** 18;

/** Media types by Accept; null where nothing in it can be served. */
const judged = sharedCache<{ mediaType: string | null }>("media types", KEPT_BYTES);

/** Settles X-GitHub-Api-Version. Refuses one that is not served. */
export function judgeVersion(context: Context): void {
  const asked = context.exchange.req.get("x-github-api-version");
  if (asked !== undefined && asked !== API_VERSION) {
    const errors =
      `The version you specified in the "X-GitHub-API-Version" request header, "${asked}", is not ` +
      "a supported version. The following versions are currently supported: " +
      `"${API_VERSION}" (most recent).`;
    throw new ApiError(400, "Bad Request", { errors, documentation: "root" });
  }
  context.versionJudged = true;
}

/** Settles X-GitHub-Media-Type. Refuses with 415, as GitHub does, where others would say 406. */
export function judgeAccept(context: Context): void {
  const accept = context.exchange.req.headers.accept;
  // gh sends an empty Accept, which means what none means.
  if (accept === undefined || accept.trim() === "") return;
  let judgement = judged.get(accept);
  if (judgement === undefined) {
    judgement = { mediaType: mediaTypeFor(accept) };
    judged.set(accept, judgement);
  }
  if (judgement.mediaType === null) {
    throw new ApiError(
      415,
      `Unsupported 'Accept' header: '${accept}'. Must accept 'application/json'.`,
      { documentation: { url: "https://docs.github.com/v3/media" } },
    );
  }
  context.mediaType = judgement.mediaType;
}

/** Each media type of ours: `application/vnd.github[.v3][.param][+json]`. */
const VENDOR = /^application\/vnd\.github(?:\.(?:v3|beta))?(?:\.([a-z0-9-]+))?(?:\+json)?$/;
const ANY_JSON = /^(?:\*\/\*|application\/\*|application\/json|text\/plain|text\/\*)$/;

function mediaTypeFor(accept: string): string | null {
  const types = accept.split(",").map((each) => (each.split(";")[0] ?? "").trim().toLowerCase());
  const vendor = types.map((type) => VENDOR.exec(type)).filter((match) => match !== null);
  const parameters = vendor.map((match) => match[1]).filter((word) => word !== undefined);
  if (parameters.length > 0) return `github.v3; param=${parameters.join(".")}; format=json`;
  return vendor.length > 0 || types.some((type) => ANY_JSON.test(type)) ? PLAIN : null;
}

export const PLAIN_MEDIA_TYPE = PLAIN;

const SHOWN_TO_PEOPLE = /curl|Wget|Safari|Firefox/;

/** Whether the caller looks like somebody who reads with their eyes. */
export const isPretty = (userAgent: string | undefined): boolean =>
  userAgent !== undefined && SHOWN_TO_PEOPLE.test(userAgent);
