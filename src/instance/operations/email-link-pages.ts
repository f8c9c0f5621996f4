import * as links from "../../domain/credentials/email-links.ts";
import type { Handler } from "../http/context.ts";
import { plainText } from "../http/send-response.ts";

const HTML_TYPE = "text/html; charset=utf-8";
/** The address of a page with a secret in it is sent to no other site. */
const HEADERS = ["Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY"];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? "");

function renderLinkPage(title: string, inside: string) {
  const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>`;
  return {
    ...plainText(`${head}<h1>${title}</h1>${inside}</html>\n`, HTML_TYPE),
    headers: HEADERS,
  };
}

/** A form that sends itself to where it came from. */
const form = (fields: string, button: string) =>
  `<form method="post">${fields}<button>${button}</button></form>`;

export const askForConfirmation: Handler<"askForConfirmation"> = async ({ query }, { store }) => {
  const { email } = await links.findValidLink(store, "confirm_email", query.token);
  return renderLinkPage("Is this address yours?", `<p>${escaped(email)}</p>${form("", "Confirm")}`);
};

export const confirmEmail: Handler<"confirmEmail"> = async ({ query }, { store }) => {
  const email = await links.confirmEmail(store, query.token);
  return renderLinkPage("Confirmed", `<p>${escaped(email)} is confirmed.</p>`);
};

const PASSWORD =
  '<label>Password, 8 characters at least: <input type="password" name="password" ' +
  'minlength="8" maxlength="128" autocomplete="new-password" required></label> ';

export const askForPassword: Handler<"askForPassword"> = async ({ query }, { store }) => {
  await links.findValidLink(store, "reset_password", query.token);
  return renderLinkPage("Choose a password", form(PASSWORD, "Save"));
};

export const choosePassword: Handler<"choosePassword"> = async ({ query, body }, { store }) => {
  if (!(await links.choosePassword(store, query.token, body.password))) {
    return renderLinkPage(
      "Choose another password",
      `<p>That one is too weak.</p>${form(PASSWORD, "Save")}`,
    );
  }
  return renderLinkPage("Saved", "<p>The password is saved.</p>");
};
