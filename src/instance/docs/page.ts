import { hash } from "node:crypto";
import type { DocumentName, Text } from "./documents.ts";

const TITLES: Readonly<Record<DocumentName, string>> = {
  github: "GitHub",
  "gitlab-v4": "GitLab v4",
  "gitlab-v3": "GitLab v3",
  graph: "Follow graph",
  instance: "Instance",
  dev: "Controls for tests",
};

/**
 * Everything of the page that would reach the vendor of its script is off: fonts, telemetry, the
 * agent, the client on another site, and what hands documents to it.
 */
const QUIET = {
  ...{ withDefaultFonts: false, telemetry: false, agent: { disabled: true } },
  ...{ mcp: { disabled: true }, hideClientButton: true, showDeveloperTools: "never" },
};

const LOOKS = {
  ...{ theme: "default", documentDownloadType: "json", persistAuth: false },
  ...{ defaultHttpClient: { targetKey: "shell", clientKey: "curl" } },
  ...{ authentication: { preferredSecurityScheme: "token" }, modelsSectionLabel: "Schemas" },
  ...{ operationTitleSource: "summary", defaultOpenFirstTag: true },
};

/** Two people, one of whom follows the other. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cg fill='%230969da'%3E%3Ccircle cx='5' cy='5' r='3'/%3E%3Cpath d='M0 15a5 5 0 0 1 10 0z'/%3E" +
  "%3C/g%3E%3Cpath d='M12 4v6M9 7h6' stroke='%230969da' stroke-width='2'/%3E%3C/svg%3E";

/** What the page may load and speak with; no page may put it into a frame. */
export const policyOf = (origin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // The script makes its styles at run time, and writes some into elements.
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const attribute = (value: object): string =>
  JSON.stringify(value).replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll("<", "&lt;");

/** The page that shows these documents. */
export function renderDocsPage(names: readonly DocumentName[], scriptHash: string): Text {
  const sources = names.map((name) => ({
    ...{ title: TITLES[name], slug: name, url: `/openapi/${name}.json` },
    agent: { disabled: true },
  }));
  const text = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>followd</title>
<link rel="icon" href="${ICON}">
<body>
<noscript>This page needs JavaScript; the documents that it shows are at ${names
    .map((name) => `<a href="/openapi/${name}.json">/openapi/${name}.json</a>`)
    .join(", ")}.</noscript>
<script id="api-reference" type="application/json" data-configuration='${attribute({
    ...{ sources, ...QUIET, ...LOOKS },
  })}'></script>
<script src="/-/docs/reference-${scriptHash}.js"></script>
</html>
`;
  return { text, tag: hash("sha256", text).slice(0, 16) };
}
