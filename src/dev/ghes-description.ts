import vendor from "../../openapi/vendor/github-ghes-3.15.json" with { type: "json" };
import type { Answer } from "./request-log.ts";
import {
  type Content,
  Description,
  type Document,
  type KnownDeviations,
} from "./response-schema.ts";

const ERROR: Content = {
  "application/json": { schema: { $ref: "#/components/schemas/basic-error" } },
};

/** Lists that the description does not have are like others whose items they share. */
const twinOf = (path: string) =>
  path.replace(/^\/user\/(?=\d+\/)/, "/users/").replace(/^\/user\/blocks$/, "/user/followers");

/** Members that the description promises and that version 2026-03-10 of the API has not. */
const GONE_LATER: Readonly<Record<string, readonly string[]>> = {
  "rate-limit-overview": ["rate"],
  root: ["authorizations_url", "hub_url"],
};

/** Scripts, the sentence that the description takes for JSON, and the one refusal in plain text. */
function ignores(id: string, { path, status, contentType = "" }: Answer): boolean {
  if (contentType.startsWith("text/plain")) return id === "meta/get-zen" || status === 403;
  return contentType.startsWith("application/javascript") && path.includes("callback=");
}

/** Every operation may fail in ways that the description leaves out, all in one form. */
const ALLOWANCE: KnownDeviations = { twinOf, ignores, error: ERROR };

/** GitHub's own description of what we serve. */
export function openOfficial(): Description {
  const document = structuredClone(vendor) as Document;
  // The description asks nothing of an error; GitHub's own all have these.
  Object.assign(document.components.schemas?.["basic-error"] ?? {}, {
    required: ["message", "documentation_url"],
  });
  for (const [name, members] of Object.entries(GONE_LATER)) {
    const schema = document.components.schemas?.[name] as { required?: string[] } | undefined;
    const required = (schema?.required ?? []).filter((member) => !members.includes(member));
    Object.assign(schema ?? {}, { required });
  }
  return new Description(document, ALLOWANCE);
}
