import { sharedCache } from "../../http/process-caches.ts";
import { type ApiVersion, apiVersionsOf, refusesBetaMediaType } from "../versions.ts";
import { ApiError } from "./api-error.ts";
import type { Context } from "./context.ts";

const PLAIN = "github.v3; format=json";
const KEPT_BYTES = 2 ** 18;

/** Media types by Accept; null where nothing in it can be served. */
const mediaTypes = sharedCache<{ mediaType: string | null }>("media types", KEPT_BYTES);

/** Settles X-GitHub-Api-Version. Refuses one that is not served. */
export function negotiateApiVersion(context: Context): void {
  const asked = context.exchange.req.get("x-github-api-version");
  if (asked !== undefined) {
    const known = apiVersionsOf(context.settings.release);
    const version = known.find((each) => each === asked);
    if (version === undefined) throw unsupportedVersion(asked, known);
    context.apiVersion = version;
  }
  context.versionJudged = true;
}

function unsupportedVersion(asked: string, known: readonly ApiVersion[]): ApiError {
  const named = known.toReversed().map((version, index) => {
    return index === 0 ? `"${version}" (most recent)` : `"${version}"`;
  });
  const errors =
    `The version you specified in the "X-GitHub-API-Version" request header, "${asked}", is not ` +
    `a supported version. The following versions are currently supported: ${named.join(" and ")}.`;
  return new ApiError(400, "Bad Request", { errors, documentation: "root" });
}

/** Settles X-GitHub-Media-Type. Refuses with 415, as GitHub does, where others would say 406. */
export function negotiateMediaType(context: Context): void {
  const accept = context.exchange.req.headers.accept;
  // gh sends an empty Accept, which means what none means.
  if (accept === undefined || accept.trim() === "") return;
  const takesBeta = !refusesBetaMediaType(context.apiVersion);
  const key = takesBeta ? accept : `without beta ${accept}`;
  let judgement = mediaTypes.get(key);
  if (judgement === undefined) {
    judgement = { mediaType: mediaTypeFor(accept, takesBeta) };
    mediaTypes.set(key, judgement);
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

const BETA = /^application\/vnd\.github\.beta\b/;

function mediaTypeFor(accept: string, takesBeta: boolean): string | null {
  const types = accept
    .split(",")
    .map((each) => (each.split(";")[0] ?? "").trim().toLowerCase())
    .filter((type) => takesBeta || !BETA.test(type));
  const vendor = types.map((type) => VENDOR.exec(type)).filter((match) => match !== null);
  const parameters = vendor.map((match) => match[1]).filter((word) => word !== undefined);
  if (parameters.length > 0) return `github.v3; param=${parameters.join(".")}; format=json`;
  return vendor.length > 0 || types.some((type) => ANY_JSON.test(type)) ? PLAIN : null;
}

export const PLAIN_MEDIA_TYPE = PLAIN;

const SHOWN_TO_PEOPLE = /curl|Wget|Safari|Firefox/;

/** Whether the caller looks like a person at a terminal or a browser. */
export const isPretty = (userAgent: string | undefined): boolean =>
  userAgent !== undefined && SHOWN_TO_PEOPLE.test(userAgent);
