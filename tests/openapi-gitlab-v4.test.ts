import { describe, expect, it } from "@jest/globals";
import { SCOPES } from "../src/domain/credentials/scopes.ts";
import { document } from "../src/generated/gitlab-v4-document.ts";

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema & { "x-grape-required-when"?: Record<string, string> }>;
  required?: string[];
}
interface Parameter {
  name: string;
  in: "path" | "query";
  allowReserved?: boolean;
  "x-grape-default"?: unknown;
  schema: Schema;
}
type Content = Record<string, { schema: Schema }>;
interface Body {
  required?: boolean;
  content: Content;
}
interface Rule {
  names: string[];
  after: string;
}
interface Operation {
  security: Record<string, string[]>[];
  "x-anonymous"?: boolean;
  "x-grape-all-or-none"?: Rule[];
  "x-grape-at-least-one"?: Rule[];
  parameters: Parameter[];
  requestBody: Body | undefined;
  responses: Record<string, { content?: Content }>;
}

const FORM = "multipart/form-data";

/** What a reference refers to, or the value itself. */
function at<Value>(value: Value): Value {
  const { $ref } = value as { $ref?: string };
  if ($ref === undefined) return value;
  const steps = $ref.split("/").slice(1);
  return steps.reduce((part: never, step) => part[step], document as never);
}

/** An operation with its parameters, body and answers in place; schemas keep their names. */
function whole(operation: Partial<Operation>): Operation {
  const responses = Object.entries(operation.responses ?? {});
  return {
    ...(operation as Operation),
    parameters: (operation.parameters ?? []).map(at),
    requestBody: operation.requestBody && at(operation.requestBody),
    responses: Object.fromEntries(responses.map(([status, answer]) => [status, at(answer)])),
  };
}

const operations = new Map<string, Operation>();
for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item as Record<string, Partial<Operation>>)) {
    operations.set(`${method.toUpperCase()} ${path}`, whole(operation));
  }
}

function operationCalled(name: string): Operation {
  const found = operations.get(name);
  if (found === undefined) throw new Error(`${name} is not in the document`);
  return found;
}

/** A schema in one word: its name, its type, or what it is made of. */
function nameOf(schema: Schema | undefined): string {
  if (schema === undefined) return "";
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.anyOf) return schema.anyOf.map(nameOf).join(" | ");
  return schema.type === "array" ? `${nameOf(schema.items)}[]` : String(schema.type);
}

/** Grape's word for the type of a parameter. */
function typeOf(schema: Schema): string {
  const { type, format, pattern, items } = at(schema);
  if (type === "array") return `${typeOf(items ?? {})}[]`;
  if (type === "object") return "hash";
  if (pattern === "^[0-9]*$") return "integer";
  if (format === "binary") return "file";
  return format?.replace("grape-", "") ?? String(type);
}

/** Everything that an operation takes, by name and in order, wherever it stands. */
function declared({ parameters, requestBody }: Operation): Map<string, Schema> {
  const body = at(requestBody?.content[FORM]?.schema ?? {}).properties ?? {};
  const named = parameters.map(({ name, schema }): [string, Schema] => [name, schema]);
  return new Map([...named, ...Object.entries(body)]);
}

function scopesOf(name: string): string[] {
  return operationCalled(name).security.flatMap(({ token = [] }) => token);
}

/** Where GitLab's own names of the parameters do not matter. */
const shapeOf = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, "{}");

type Row = readonly [operation: string, status: number, entity: string];

const ROWS: readonly Row[] = [
  ["GET /users", 200, "user-with-admin[] | user-basic[]"],
  ["GET /users/:id", 200, "user-details-with-admin | user"],
  ["POST /users", 201, "user-with-admin"],
  ["PUT /users/:id", 200, "user-with-admin"],
  ["DELETE /users/:id/identities/:provider", 204, ""],
  ["DELETE /users/:id", 204, ""],
  ["GET /user", 200, "user-with-admin | user-public"],
  ["GET /avatar", 200, "avatar"],
  ["POST /user/support_pin", 201, "support-pin"],
  ["GET /user/support_pin", 200, "support-pin"],
  ["GET /users/:id/support_pin", 200, "support-pin"],
  ["POST /users/:id/support_pin/revoke", 202, "integer"],
  ["GET /service_accounts", 200, "service-account[]"],
  ["POST /service_accounts", 201, "service-account"],
  ["PATCH /service_accounts/:id", 200, "service-account"],
  ["GET /user/status", 200, "user-status"],
  ["GET /users/:id_or_username/status", 200, "user-status"],
  ["PUT /user/status", 200, "user-status-or-null"],
  ["PATCH /user/status", 200, "user-status-or-null"],
  ["GET /user/preferences", 200, "user-preferences"],
  ["PUT /user/preferences", 200, "user-preferences"],
  ["POST /users/:id/follow", 201, "user-basic"],
  ["POST /users/:id/unfollow", 201, "user-basic"],
  ["GET /users/:id/followers", 200, "user-basic[]"],
  ["GET /users/:id/following", 200, "user-basic[]"],
  ["GET /user_counts", 200, "user-counts"],
  ["GET /users/:id_or_username/projects", 200, "project[]"],
  ["GET /users/:id/associations_count", 200, "user-associations-count"],
  ["GET /user/emails", 200, "email[]"],
  ["GET /users/:id/emails", 200, "email[]"],
  ["GET /user/emails/:email_id", 200, "email"],
  ["POST /user/emails", 201, "email"],
  ["POST /users/:id/emails", 201, "email"],
  ["DELETE /user/emails/:email_id", 204, ""],
  ["DELETE /users/:id/emails/:email_id", 204, ""],
  ["GET /users/:id_or_username/events", 200, "event[]"],
  ["GET /user/activities", 200, "user-activity[]"],
  // docs.gitlab.com/api/audit_events
  ["GET /audit_events", 200, "audit-event[]"],
  ["GET /audit_events/:id", 200, "audit-event"],
  ["GET /users/:id/memberships", 200, "membership[]"],
  ["PATCH /users/:id/disable_two_factor", 204, ""],
  ["POST /user/runners", 201, "runner-registration-details"],
  ["PUT /user/avatar", 200, "avatar"],
  ["GET /events", 200, "event[]"],
  ["POST /users/:id/block", 201, "boolean"],
  ["POST /users/:id/unblock", 201, "boolean"],
  ["POST /users/:id/ban", 201, "boolean"],
  ["POST /users/:id/unban", 201, "boolean"],
  ["POST /users/:id/activate", 201, "boolean"],
  ["POST /users/:id/deactivate", 201, "boolean"],
  ["POST /users/:id/approve", 201, "success"],
  ["POST /users/:id/reject", 200, "success"],
  ["GET /user/keys", 200, "ssh-key[]"],
  ["POST /user/keys", 201, "ssh-key"],
  ["GET /user/keys/:key_id", 200, "ssh-key"],
  ["DELETE /user/keys/:key_id", 204, ""],
  ["GET /users/:id_or_username/keys", 200, "ssh-key[]"],
  ["GET /users/:id/keys/:key_id", 200, "ssh-key"],
  ["POST /users/:id/keys", 201, "ssh-key"],
  ["DELETE /users/:id/keys/:key_id", 204, ""],
  ["GET /keys/:id", 200, "ssh-key-with-user"],
  ["GET /keys", 200, "ssh-key-with-user"],
  ["GET /user/gpg_keys", 200, "gpg-key[]"],
  ["POST /user/gpg_keys", 201, "gpg-key"],
  ["GET /user/gpg_keys/:key_id", 200, "gpg-key"],
  ["DELETE /user/gpg_keys/:key_id", 204, ""],
  ["POST /user/gpg_keys/:key_id/revoke", 202, "integer"],
  ["GET /users/:id/gpg_keys", 200, "gpg-key[]"],
  ["GET /users/:id/gpg_keys/:key_id", 200, "gpg-key"],
  ["POST /users/:id/gpg_keys", 201, "gpg-key"],
  ["DELETE /users/:id/gpg_keys/:key_id", 204, ""],
  ["POST /users/:id/gpg_keys/:key_id/revoke", 202, "integer"],
  ["GET /users/:id/custom_attributes", 200, "custom-attribute[]"],
  ["GET /users/:id/custom_attributes/:key", 200, "custom-attribute"],
  ["PUT /users/:id/custom_attributes/:key", 200, "custom-attribute"],
  ["DELETE /users/:id/custom_attributes/:key", 204, ""],
  ["GET /users/:user_id/impersonation_tokens", 200, "impersonation-token[]"],
  ["POST /users/:user_id/impersonation_tokens", 201, "impersonation-token-with-token"],
  ["GET /users/:user_id/impersonation_tokens/:impersonation_token_id", 200, "impersonation-token"],
  ["DELETE /users/:user_id/impersonation_tokens/:impersonation_token_id", 204, ""],
  ["POST /users/:user_id/personal_access_tokens", 201, "personal-access-token-with-token"],
  ["POST /user/personal_access_tokens", 201, "personal-access-token-with-token"],
  ["GET /personal_access_tokens", 200, "personal-access-token[]"],
  ["GET /personal_access_tokens/:id", 200, "personal-access-token"],
  ["DELETE /personal_access_tokens/:id", 204, ""],
  ["POST /personal_access_tokens/:id/rotate", 200, "personal-access-token-with-token"],
  ["GET /personal_access_tokens/self", 200, "personal-access-token"],
  ["DELETE /personal_access_tokens/self", 204, ""],
  ["POST /personal_access_tokens/self/rotate", 200, "personal-access-token-with-token"],
  ["GET /users/:id_or_username/project_deploy_keys", 200, "deploy-key[]"],
  ["PUT /user/:id_or_username/credit_card_validation", 200, "credit-card-validation"],
  ["GET /users/:id/starred_projects", 200, "project[]"],
  ["GET /users/:id/contributed_projects", 200, "project[]"],
  ["GET /version", 200, "metadata"],
  ["GET /metadata", 200, "metadata"],
];

const PAGE = { page: "integer", per_page: "integer" };

const ATTRIBUTES_OF_USERS = {
  admin: "boolean",
  auditor: "boolean",
  can_create_group: "boolean",
  external: "boolean",
  private_profile: "boolean",
  view_diffs_file_by_file: "boolean",
  avatar: "file",
  bio: "string",
  commit_email: "string",
  extern_uid: "string",
  provider: "string",
  linkedin: "string",
  skype: "string",
  twitter: "string",
  discord: "string",
  location: "string",
  note: "string",
  organization: "string",
  pronouns: "string",
  public_email: "string",
  website_url: "string",
  color_scheme_id: "integer",
  theme_id: "integer",
  projects_limit: "integer",
  extra_shared_runners_minutes_limit: "integer",
  shared_runners_minutes_limit: "integer",
  group_id_for_saml: "integer",
};

const STATUS = {
  emoji: "string",
  message: "string",
  availability: "string",
  clear_status_after: "string",
};

const ATTRIBUTES: Record<string, Record<string, string>> = {
  "GET /users": {
    username: "string",
    search: "string",
    active: "boolean",
    external: "boolean",
    blocked: "boolean",
    humans: "boolean",
    exclude_active: "boolean",
    exclude_external: "boolean",
    exclude_humans: "boolean",
    exclude_internal: "boolean",
    without_project_bots: "boolean",
    created_after: "date-time",
    created_before: "date-time",
    ...PAGE,
    pagination: "string",
    cursor: "string",
    extern_uid: "string",
    provider: "string",
    order_by: "string",
    sort: "string",
    two_factor: "string",
    without_projects: "boolean",
    admins: "boolean",
    auditors: "boolean",
    skip_ldap: "boolean",
    saml_provider_id: "integer",
    with_custom_attributes: "boolean",
    custom_attributes: "hash",
  },
  "GET /users/{id}": { id: "integer", with_custom_attributes: "boolean" },
  "POST /users": {
    email: "string",
    name: "string",
    username: "string",
    password: "string",
    reset_password: "boolean",
    force_random_password: "boolean",
    skip_confirmation: "boolean",
    ...ATTRIBUTES_OF_USERS,
  },
  "PUT /users/{id}": {
    id: "integer",
    email: "string",
    name: "string",
    username: "string",
    password: "string",
    skip_reconfirmation: "boolean",
    ...ATTRIBUTES_OF_USERS,
  },
  "DELETE /users/{id}": { id: "integer", hard_delete: "boolean" },
  "DELETE /users/{id}/identities/{provider}": { id: "integer", provider: "string" },
  "GET /user": { sudo: "string" },
  "GET /users/{user_id}/status": { user_id: "string" },
  "PUT /user/status": STATUS,
  "PATCH /user/status": STATUS,
  "PUT /user/preferences": {
    view_diffs_file_by_file: "boolean",
    show_whitespace_in_diffs: "boolean",
    pass_user_identities_to_ci_jwt: "boolean",
  },
  "POST /users/{id}/follow": { id: "integer" },
  "POST /users/{id}/unfollow": { id: "integer" },
  "GET /users/{id}/followers": { id: "integer", ...PAGE },
  "GET /users/{id}/following": { id: "integer", ...PAGE },
  "GET /users/{id}/associations_count": { id: "integer" },
  "PATCH /users/{id}/disable_two_factor": { id: "integer" },
  "GET /user/emails/{email_id}": { email_id: "integer" },
  "POST /user/emails": { email: "string" },
  "POST /users/{id}/emails": { id: "integer", email: "string", skip_confirmation: "boolean" },
  "DELETE /user/emails/{email_id}": { email_id: "integer" },
  "DELETE /users/{id}/emails/{email_id}": { id: "integer", email_id: "integer" },
  "GET /user/activities": { from: "date", ...PAGE },
  "GET /audit_events": {
    ...{ entity_type: "string", entity_id: "integer" },
    ...{ created_after: "date-time", created_before: "date-time", ...PAGE },
    ...{ pagination: "string", order_by: "string", sort: "string", cursor: "string" },
  },
  "GET /users/{user_id}/memberships": { user_id: "integer", type: "string", ...PAGE },
  "POST /user/runners": {
    runner_type: "string",
    group_id: "integer",
    project_id: "integer",
    description: "string",
    maintenance_note: "string",
    paused: "boolean",
    locked: "boolean",
    run_untagged: "boolean",
    tag_list: "string[]",
    access_level: "string",
    maximum_timeout: "integer",
  },
  "PUT /user/avatar": { avatar: "file" },
  "POST /user/keys": {
    key: "string",
    title: "string",
    expires_at: "date-time",
    usage_type: "string",
  },
  "POST /users/{user_id}/keys": { user_id: "integer", key: "string", title: "string" },
  "POST /users/{user_id}/impersonation_tokens": {
    user_id: "integer",
    name: "string",
    expires_at: "date",
    scopes: "string[]",
  },
  "POST /users/{user_id}/personal_access_tokens": {
    user_id: "integer",
    name: "string",
    scopes: "string[]",
    expires_at: "date",
  },
};

const CHOICES: [operation: string, name: string, words: string][] = [
  ["GET /users", "order_by", "id name username created_at updated_at"],
  ["GET /users", "sort", "asc desc"],
  [
    "PUT /user/status",
    "clear_status_after",
    "30_minutes 3_hours 8_hours 1_day 3_days 7_days 30_days",
  ],
  ["POST /user/keys", "usage_type", "auth signing auth_and_signing"],
  ["GET /users/{user_id}/memberships", "type", "Project Namespace"],
  ["POST /user/runners", "runner_type", "instance_type group_type project_type"],
  ["POST /user/runners", "access_level", "not_protected ref_protected"],
  ["GET /users/{user_id}/impersonation_tokens", "state", "all active inactive"],
  ["POST /user/personal_access_tokens", "scopes", "k8s_proxy"],
  ["POST /users/{user_id}/personal_access_tokens", "scopes", [...SCOPES].join(" ")],
];

describe("openapi/gitlab-v4.yaml beside the contract", () => {
  it("has the operations that the contract lists and no other", () => {
    const wanted = ROWS.map(([name]) => shapeOf(name)).sort();
    expect([...operations.keys()].map(shapeOf).sort()).toEqual(wanted);
  });

  it.each(ROWS)("%s answers %i %s", (name, status, entity) => {
    const key = [...operations.keys()].find((each) => shapeOf(each) === shapeOf(name)) ?? name;
    const { responses } = operationCalled(key);
    const successes = Object.keys(responses).filter((each) => each.startsWith("2"));
    expect(successes).toEqual([String(status)]);
    expect(nameOf(responses[status]?.content?.["application/json"]?.schema)).toBe(entity);
  });

  it.each(Object.entries(ATTRIBUTES))("%s takes its attributes", (name, attributes) => {
    const types = [...declared(operationCalled(name))].map(([key, each]) => [key, typeOf(each)]);
    expect(Object.fromEntries(types)).toMatchObject(attributes);
  });

  it.each(CHOICES)("%s takes in %s nothing but %s", (name, attribute, words) => {
    const schema = declared(operationCalled(name)).get(attribute);
    const values = schema?.enum ?? at(schema?.items ?? {}).enum ?? [];
    const given = values.filter((value) => value !== null).map(String);
    expect(given.sort()).toEqual(words.split(" ").sort());
  });

  it.each([
    ["GET /user", "api read_api read_user"],
    ["GET /events", "api read_api read_user"],
    ["GET /user_counts", "api read_api"],
    ["GET /personal_access_tokens", "api read_api"],
    ["POST /users", "api"],
    ["PUT /user/status", "api"],
    ["POST /user/runners", "api create_runner"],
    ["POST /users/{id}/follow", "api user user:follow"],
    ["POST /users/{id}/unfollow", "api user user:follow"],
    ["GET /personal_access_tokens/self", ""],
    ["DELETE /personal_access_tokens/self", ""],
  ])("%s opens to %s", (name, scopes) => {
    expect(scopesOf(name).join(" ")).toBe(scopes);
  });

  it("requires a credential everywhere but here", () => {
    const open = [...operations].filter(([, { security }]) => "anonymous" in (security[0] ?? {}));
    expect(open.map(([name]) => name).sort()).toEqual([
      "GET /avatar",
      "GET /users",
      "GET /users/{id}",
      "GET /users/{id}/custom_attributes",
      "GET /users/{id}/custom_attributes/{key}",
      "GET /users/{id}/events",
      "GET /users/{id}/followers",
      "GET /users/{id}/following",
      "GET /users/{id}/gpg_keys",
      "GET /users/{id}/gpg_keys/{key_id}",
      "GET /users/{id}/keys/{key_id}",
      "GET /users/{user_id}/contributed_projects",
      "GET /users/{user_id}/keys",
      "GET /users/{user_id}/project_deploy_keys",
      "GET /users/{user_id}/projects",
      "GET /users/{user_id}/starred_projects",
      "GET /users/{user_id}/status",
    ]);
    for (const [, operation] of operations) {
      const schemes = operation.security.flatMap(Object.keys);
      expect(operation["x-anonymous"] === true).toBe(schemes.includes("anonymous"));
      expect(operation.security).not.toContainEqual({});
    }
  });

  it("shows the contract's defaults in the Link headers of GET /users", () => {
    const { parameters } = operationCalled("GET /users");
    const shown = parameters
      .filter((parameter) => parameter["x-grape-default"] !== undefined)
      .map((parameter) => `${parameter.name}=${String(parameter["x-grape-default"])}`);
    expect(shown.sort()).toEqual([
      "active=false",
      "admins=false",
      "blocked=false",
      "exclude_active=false",
      "exclude_external=false",
      "exclude_humans=false",
      "exclude_internal=false",
      "external=false",
      "humans=false",
      "page=1",
      "per_page=20",
      "with_custom_attributes=false",
      "without_project_bots=false",
      "without_projects=false",
    ]);
  });

  it("complains of a new user in the contract's order", () => {
    const operation = operationCalled("POST /users");
    const required = new Set(at(operation.requestBody?.content[FORM]?.schema ?? {}).required);
    const complaints = [...declared(operation).keys()].flatMap((name) => [
      ...(required.has(name) ? [name] : []),
      ...(operation["x-grape-at-least-one"] ?? []).flatMap(({ names, after }) =>
        after === name ? [names.join()] : [],
      ),
    ]);
    expect(complaints).toEqual([
      "email",
      "password,reset_password,force_random_password",
      "name",
      "username",
    ]);
  });
});

describe("openapi/gitlab-v4.yaml", () => {
  it.each([...operations])("%s can be judged by the validator", (_name, operation) => {
    const names = [...declared(operation).keys()];
    const rules = ["x-grape-all-or-none", "x-grape-at-least-one"] as const;
    for (const rule of rules.flatMap((each) => operation[each] ?? [])) {
      expect(names).toEqual(expect.arrayContaining([...rule.names, rule.after]));
    }
    for (const parameter of operation.parameters) {
      expect(parameter.schema).not.toHaveProperty("default");
      if (parameter.in === "query") expect(parameter.allowReserved).toBe(true);
    }
  });

  it.each([...operations].filter(([, { requestBody }]) => requestBody !== undefined))(
    "%s takes its body in three forms, or none",
    (_name, { requestBody }) => {
      const content = requestBody?.content ?? {};
      const schemas = Object.values(content).map(({ schema }) => at(schema));
      const names = schemas.map(({ properties = {} }) => Object.keys(properties));
      expect(requestBody?.required).toBe(false);
      expect(Object.keys(content)).toEqual([
        "application/json",
        "application/x-www-form-urlencoded",
        FORM,
      ]);
      expect(names).toEqual([names[0], names[0], names[0]]);
      expect(JSON.stringify(schemas.slice(0, 2))).not.toContain("binary");
    },
  );

  it("asks for what a kind of runner needs", () => {
    const { properties = {} } = at({ $ref: "#/components/schemas/new-runner" }) as Schema;
    expect(properties.group_id?.["x-grape-required-when"]).toEqual({ runner_type: "group_type" });
    expect(properties.project_id?.["x-grape-required-when"]).toEqual({
      runner_type: "project_type",
    });
  });
});
