import type { PageContext } from "../http/context.ts";
import { tabs } from "./forms.ts";
import { html, type Piece, type SafeHtml } from "./html.ts";
import { layout, type PageContent } from "./layout.ts";

const SECTIONS = [
  ["/admin", "Dashboard"],
  ["/admin/users", "Users"],
  ["/admin/import", "Import"],
  ["/admin/export", "Export"],
  ["/admin/audit", "Audit log"],
] as const;

/** A page of the administration, under the links to all of its parts. */
export const adminLayout = (
  context: PageContext,
  {
    title,
    path,
    main,
    scripts = [],
  }: { title: string; path: string; main: Piece; scripts?: PageContent["scripts"] },
): SafeHtml =>
  layout(context, {
    title: `${title} · Administration`,
    ...{ heading: null, width: "wide", scripts },
    main: html`${tabs(
      "Administration",
      SECTIONS.map(([href, text]) => [href, text, href === path]),
    )}<h1>${title}</h1>${main}`,
  });
