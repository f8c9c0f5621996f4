import type { PageContext } from "../http/context.ts";
import { html, type SafeHtml } from "./html.ts";
import { layout } from "./layout.ts";

const TITLES: Readonly<Record<number, string>> = {
  400: "That can't be read",
  403: "Not from here",
  404: "Page not found",
  429: "Too many tries",
  503: "Not now",
};

const NOT_FOUND = "There is no such page, or it is not yours to see.";

/** The page of something that went wrong. */
export const errorPage = (context: PageContext, status: number, why = NOT_FOUND): SafeHtml =>
  layout(context, {
    title: TITLES[status] ?? "Something went wrong",
    width: "narrow",
    main: html`<p>${why}</p><p><a href="/">To the start page</a></p>`,
  });
