/**
 * What differs between the releases of GitHub Enterprise Server and between the versions of its REST
 * API: the one place that says what begins and what ends when. Answers and the published document
 * both follow it. Sources: GitHub's OpenAPI descriptions of 3.15 to 3.22, and "Breaking changes"
 * (https://docs.github.com/enterprise-server@3.21/rest/about-the-rest-api/breaking-changes).
 */

/** A release of Enterprise Server, such as 3.15; its patches don't differ in the API. */
export interface Release {
  readonly major: number;
  readonly minor: number;
}

export type ApiVersion = "2022-11-28" | "2026-03-10";

/** Without X-GitHub-Api-Version. */
export const DEFAULT_API_VERSION: ApiVersion = "2022-11-28";

const NEW_API_VERSION: ApiVersion = "2026-03-10";

/** The first minor release of version 3 that has something. */
const BEGINS = {
  /** `last_used` of SSH keys, and both dates of `/users/{username}/keys`. */
  keyDates: 17,
  /** The new version of the REST API, and `GET /versions`, which lists them. */
  newApiVersion: 21,
} as const;

interface MemberChange {
  /** A schema of the document, or an object within one. */
  readonly schema: string;
  readonly members: readonly string[];
  /** The first release, and the first one without. */
  readonly from?: number;
  readonly until?: number;
  /** The first version of the REST API without. */
  readonly untilApi?: ApiVersion;
}

const MEMBERS: readonly MemberChange[] = [
  { schema: "key", members: ["last_used"], from: BEGINS.keyDates },
  { schema: "key-simple", members: ["created_at", "last_used"], from: BEGINS.keyDates },
  { schema: "public-key-full", members: ["enabled"], from: 17 },
  { schema: "rate-limit-resources", members: ["code_scanning_upload"], until: 17 },
  {
    schema: "rate-limit-resources",
    members: ["dependency_sbom", "copilot_usage_records"],
    from: 17,
  },
  { schema: "rate-limit-overview", members: ["rate"], untilApi: NEW_API_VERSION },
  { schema: "root", members: ["authorizations_url", "hub_url"], untilApi: NEW_API_VERSION },
];

/** Operations below the prefix of Enterprise Server's API; the bare root is as on github.com. */
const OPERATIONS: Readonly<Record<string, { readonly from: number }>> = {
  "meta/get-all-versions": { from: BEGINS.newApiVersion },
};

/** The release that a version such as 3.15.2 belongs to. */
export function toRelease(version: string): Release {
  const [major, minor] = version.split(".").map(Number);
  return { major: major ?? 0, minor: minor ?? 0 };
}

/** The versions of the REST API that a release has, oldest first. */
export const apiVersionsOf = ({ minor }: Release): readonly ApiVersion[] =>
  minor < BEGINS.newApiVersion ? [DEFAULT_API_VERSION] : [DEFAULT_API_VERSION, NEW_API_VERSION];

/** Whether `application/vnd.github.beta` and its kin are refused. */
export const refusesBetaMediaType = (version: ApiVersion): boolean => version === NEW_API_VERSION;

/** Whether a release has an operation below the API's prefix. */
export const hasOperation = ({ minor }: Release, id: string): boolean =>
  minor >= (OPERATIONS[id]?.from ?? 0);

const isOutside = ({ from = 0, until = Infinity }: MemberChange, { minor }: Release): boolean =>
  minor < from || minor >= until;

const endsBefore = ({ untilApi }: MemberChange, version: ApiVersion): boolean =>
  untilApi !== undefined && version >= untilApi;

/** What is spoken with a caller. */
interface VersionInUse {
  readonly release: Release;
  readonly apiVersion: ApiVersion;
}

export const versionOf = (context: {
  settings: { release: Release };
  apiVersion: ApiVersion;
}): VersionInUse => ({ release: context.settings.release, apiVersion: context.apiVersion });

/** An object of a schema as a release and a version of the API have it. */
export function toVersion<T extends object>(
  schema: string,
  value: T,
  { release, apiVersion }: VersionInUse,
): T {
  const absent = new Set(
    MEMBERS.filter(
      (change) =>
        change.schema === schema && (isOutside(change, release) || endsBefore(change, apiVersion)),
    ).flatMap(({ members }) => members),
  );
  if (absent.size === 0) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !absent.has(name))) as T;
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The parts of an OpenAPI document that depend on the release. */
interface VersionedDocument {
  readonly info: { readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

/** The version that openapi/github.yaml is written in. */
const WRITTEN_FOR = "3.15";

/** The published document as a release has it. */
export function documentOfRelease<T extends VersionedDocument>(document: T, release: Release): T {
  const name = `${release.major}.${release.minor}`;
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([schema, value]) => [
    schema,
    schemaOfRelease(schema, value, release),
  ]);
  const text = JSON.stringify({
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(schemas) },
  });
  const versions = apiVersionsOf(release).map((version) => `\`${version}\``);
  const named = JSON.parse(
    text
      .replaceAll(`enterprise-server@${WRITTEN_FOR}`, `enterprise-server@${name}`)
      .replaceAll(`Enterprise Server ${WRITTEN_FOR}`, `Enterprise Server ${name}`),
  ) as T;
  const description = `${named.info.description ?? ""}\n\nVersions of the REST API: ${versions.join(", ")}.`;
  return { ...named, info: { ...named.info, version: `${name}.0`, description } };
}

function schemaOfRelease(schema: string, value: Schema, release: Release): Schema {
  const changes = MEMBERS.filter((change) => change.schema === schema);
  if (changes.length === 0) return value;
  const absent = new Set(
    changes.filter((change) => isOutside(change, release)).flatMap(({ members }) => members),
  );
  const isKept = (name: string) => !absent.has(name);
  const { properties = {}, required } = value;
  return {
    ...value,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isKept(name))),
    ...(required === undefined ? {} : { required: required.filter(isKept) }),
  };
}
