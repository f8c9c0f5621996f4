/** A character of a value after its escapes are undone; `escaped` ones are never separators or blanks. */
interface Character {
  readonly text: string;
  readonly escaped: boolean;
}

const SPECIAL = new Set([",", "+", '"', "\\", "<", ">", ";"]);
const ATTRIBUTE_TYPE = /^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)*)$/i;

/**
 * An LDAP distinguished name (RFC 4514) in the one spelling that GitLab stores: lower case, without
 * blanks around types, values and separators, each escape written as short as it can be. Text that
 * is no distinguished name is returned as it is.
 */
export function normalizeDistinguishedName(text: string): string {
  const characters = undoEscapes(text);
  if (characters === undefined) return text;
  const pairs = split(characters);
  const written = pairs.map(([separator, pair]) => {
    const normal = normalizePair(pair);
    return normal === undefined ? undefined : `${separator}${normal}`;
  });
  return written.includes(undefined) ? text : written.join("");
}

/** Undoes escapes: a backslash before two hexadecimal digits or any character, and quotation marks. */
function undoEscapes(text: string): Character[] | undefined {
  const characters: Character[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; ) {
    const [hex = ""] = /^(?:\\[0-9a-f]{2})+/i.exec(text.slice(at)) ?? [];
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (hex !== "") {
      const decoded = Buffer.from(hex.replaceAll("\\", ""), "hex").toString();
      characters.push(...Array.from(decoded, (each) => ({ text: each, escaped: true })));
      at += hex.length;
    } else if (point === "\\") {
      const next = text.codePointAt(at + 1);
      if (next === undefined) return undefined;
      characters.push({ text: String.fromCodePoint(next), escaped: true });
      at += 1 + String.fromCodePoint(next).length;
    } else {
      if (point === '"') quoted = !quoted;
      else characters.push({ text: point, escaped: quoted });
      at += point.length;
    }
  }
  return quoted ? undefined : characters;
}

/** The `type=value` pairs, each with the separator before it. */
function split(characters: readonly Character[]): [separator: string, pair: Character[]][] {
  const pairs: [string, Character[]][] = [["", []]];
  for (const character of characters) {
    const separates = !character.escaped && /[,;+]/.test(character.text);
    if (separates) pairs.push([character.text === "+" ? "+" : ",", []]);
    else pairs.at(-1)?.[1].push(character);
  }
  return pairs;
}

function normalizePair(pair: readonly Character[]): string | undefined {
  const equals = pair.findIndex(({ text, escaped }) => text === "=" && !escaped);
  if (equals === -1) return undefined;
  const type = pair
    .slice(0, equals)
    .map(({ text }) => text)
    .join("")
    .trim();
  if (!ATTRIBUTE_TYPE.test(type)) return undefined;
  const value = trimBlanks(pair.slice(equals + 1));
  return `${type.toLowerCase()}=${escapeValue(value).toLowerCase()}`;
}

const isBlank = ({ text, escaped }: Character): boolean => /\s/.test(text) && !escaped;

function trimBlanks(value: readonly Character[]): readonly Character[] {
  const first = value.findIndex((each) => !isBlank(each));
  return first === -1 ? [] : value.slice(first, value.findLastIndex((each) => !isBlank(each)) + 1);
}

function escapeValue(value: readonly Character[]): string {
  return value
    .map(({ text, escaped }, place) => {
      const atEnd = place === 0 || place === value.length - 1;
      const needed = SPECIAL.has(text) || (text === " " && atEnd) || (text === "#" && place === 0);
      return needed && escaped ? `\\${text}` : text;
    })
    .join("");
}
