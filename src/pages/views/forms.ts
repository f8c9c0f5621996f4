import { html, type Piece, when } from "./html.ts";

/** Messages about a form, by field; an empty name is for the form as a whole. */
export type FormErrors = Readonly<Record<string, readonly string[]>>;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly value?: string | number | null | undefined;
  readonly type?: "text" | "password" | "email" | "url" | "date" | "number" | "search";
  readonly autocomplete?: string;
  readonly hint?: Piece;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly minlength?: number;
  readonly inputmode?: "numeric";
  /** More lines than one. */
  readonly rows?: number;
  /** Whether the page begins here. */
  readonly autofocus?: boolean;
  /** A text that every field of one kind has, where a page has several forms. */
  readonly idPrefix?: string;
}

const attributes = (field: Field, id: string, messages: readonly string[]): Piece[] => [
  html` id="${id}" name="${field.name}"`,
  when(field.required, () => html` required`),
  when(field.autofocus, () => html` autofocus`),
  when(field.autocomplete, () => html` autocomplete="${field.autocomplete}"`),
  when(field.maxlength, () => html` maxlength="${field.maxlength}"`),
  when(field.minlength, () => html` minlength="${field.minlength}"`),
  when(field.inputmode, () => html` inputmode="${field.inputmode}"`),
  when(messages.length > 0, () => html` aria-invalid="true"`),
  when(
    describedBy(field, id, messages),
    () => html` aria-describedby="${describedBy(field, id, messages)}"`,
  ),
];

const describedBy = ({ hint }: Field, id: string, messages: readonly string[]): string =>
  [hint === undefined ? "" : `${id}-hint`, messages.length > 0 ? `${id}-error` : ""]
    .filter((text) => text !== "")
    .join(" ");

/** A labelled field with its hint and its message. */
export function field(one: Field, errors: FormErrors = {}): Piece {
  const messages = errors[one.name] ?? [];
  const id = `${one.idPrefix ?? "field"}-${one.name}`;
  const value = one.value ?? "";
  const input =
    one.rows === undefined
      ? html`<input type="${one.type ?? "text"}"${attributes(one, id, messages)} value="${value}">`
      : html`<textarea rows="${one.rows}"${attributes(one, id, messages)}>
${value}</textarea>`;
  return html`<div class="field">
<label for="${id}">${one.label}</label>
${input}
${when(one.hint, () => html`<p class="hint" id="${id}-hint">${one.hint}</p>`)}
${when(messages.length > 0, () => html`<p class="error" id="${id}-error">${one.label} ${messages.join(", ")}.</p>`)}
</div>`;
}

/** A box to tick. */
export const checkbox = (name: string, label: Piece, isOn: boolean, value = "1"): Piece =>
  html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${when(
    isOn,
    () => html` checked`,
  )}> <span>${label}</span></label>`;

/** A choice among a few. */
export function select(
  name: string,
  label: string,
  value: string,
  options: readonly (readonly [value: string, text: string])[],
  idPrefix = "field",
): Piece {
  const id = `${idPrefix}-${name}`;
  return html`<div class="field"><label for="${id}">${label}</label>
<select id="${id}" name="${name}">${options.map(
    ([each, text]) =>
      html`<option value="${each}"${when(each === value, () => html` selected`)}>${text}</option>`,
  )}</select></div>`;
}

/** The message about the form as a whole, which screen readers read as the page opens. */
export const formError = (errors: FormErrors): Piece => {
  const messages = errors[""] ?? [];
  const fields = Object.entries(errors).some(([name, each]) => name !== "" && each.length > 0);
  if (messages.length === 0 && !fields) return undefined;
  const text =
    messages.length > 0 ? messages.join(" ") : "Nothing was saved. Look at the fields below.";
  return html`<p class="error box" role="alert">${text}</p>`;
};

/** A form of one button. */
export const buttonForm = (
  action: string,
  label: string,
  { hidden = {}, kind = "", title }: ButtonOptions = {},
): Piece =>
  html`<form method="post" action="${action}" class="inline">${hiddenFields(hidden)}<button${when(
    kind,
    () => html` class="${kind}"`,
  )}${when(title, () => html` aria-label="${title}"`)}>${label}</button></form>`;

interface ButtonOptions {
  readonly hidden?: Readonly<Record<string, string>>;
  readonly kind?: "danger" | "primary" | "plain" | "";
  /** The accessible name, where the label alone does not name the object. */
  readonly title?: string;
}

export const hiddenFields = (values: Readonly<Record<string, string>>): Piece =>
  Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );

/** Links to the pages around this one. */
export const pagination = (previous: string | undefined, next: string | undefined): Piece =>
  previous === undefined && next === undefined
    ? undefined
    : html`<nav class="pages" aria-label="Pages">
${when(previous, () => html`<a rel="prev" class="button" href="${previous}">Previous</a>`)}
${when(next, () => html`<a rel="next" class="button" href="${next}">Next</a>`)}
</nav>`;

/** Links of which one is where the visitor is. */
export const tabs = (
  label: string,
  links: readonly (readonly [href: string, text: Piece, isHere: boolean])[],
): Piece =>
  html`<nav class="tabs" aria-label="${label}"><ul>${links.map(
    ([href, text, isHere]) =>
      html`<li><a href="${href}"${when(isHere, () => html` aria-current="page"`)}>${text}</a></li>`,
  )}</ul></nav>`;
