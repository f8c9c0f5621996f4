import { textOrBytes } from "../../http/handler.ts";

const MARKUP: Readonly<Record<string, string>> = {
  "&": "\\u0026",
  "<": "\\u003c",
  ">": "\\u003e",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON as Rails writes it, which is safe to stand in a page. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(/[&<>\u2028\u2029]/g, (character) => MARKUP[character] ?? "");

export const asJson = (value: unknown): Buffer | string => textOrBytes(jsonText(value));
