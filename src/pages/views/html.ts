import { html, type SafeHtml } from "@remix-run/html-template";

export { html, type SafeHtml };

/** What stands in a template: escaped, unless it is a template itself. */
export type Piece = SafeHtml | string | number | null | undefined | Piece[];

/** A piece, or nothing. */
export const when = (condition: unknown, piece: () => Piece): Piece =>
  condition ? piece() : undefined;

/** A point in time, in words of the viewer's language where the page's script runs. */
export function time(milliseconds: number | null | undefined): Piece {
  if (milliseconds === null || milliseconds === undefined) return "never";
  const iso = new Date(milliseconds).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

/** A day. */
export const day = (milliseconds: number): Piece => {
  const iso = new Date(milliseconds).toISOString();
  return html`<time datetime="${iso}" data-day>${iso.slice(0, 10)}</time>`;
};

const THIN_SPACE = "\u202f";

/** A number with its thousands apart. */
export const number = (value: number): string =>
  String(value).replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);

/** `1 follower`, `2 followers`. */
export const plural = (count: number, one: string): string =>
  `${number(count)} ${one}${count === 1 ? "" : "s"}`;
