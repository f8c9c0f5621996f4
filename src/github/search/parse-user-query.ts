import type {
  NumberRange,
  RangeCriterion,
  SearchField,
  TextCriterion,
  UserSearch,
} from "../../domain/users/search/search-users.ts";
import { ApiError, validationFailed } from "../http/api-error.ts";
import { parseDateRange, parseNumberRange } from "./parse-range.ts";

/** Docs: "Limitations on query length". Operators and qualifiers don't count. */
const MAX_TEXT_LENGTH = 256;
/** No more parts than a sensible query has; each is a condition for the database. */
const MAX_PARTS = 50;
const FIELDS: readonly SearchField[] = ["login", "name", "email"];
const PART = /[+-]?[A-Za-z_]+:"[^"]*"?|-?"[^"]*"?|\S+/g;
const QUALIFIER = /^([A-Za-z_]+):(.+)$/s;

interface Draft {
  words: TextCriterion[];
  fields: SearchField[];
  names: TextCriterion[];
  locations: TextCriterion[];
  usernames: TextCriterion[];
  ranges: RangeCriterion[];
  isImpossible: boolean;
}

/** A qualifier's value, and whether it is to be left out. */
type Apply = (draft: Draft, value: string, isExcluded: boolean) => void;

const addText =
  (list: "names" | "locations" | "usernames"): Apply =>
  (draft, text, isExcluded) => {
    draft[list].push({ text, isExcluded });
  };

const addRange =
  (of: RangeCriterion["of"], parse: (text: string) => NumberRange): Apply =>
  (draft, value, isExcluded) => {
    draft.ranges.push({ of, range: parse(value), isExcluded });
  };

/** Only what excludes it, or allows for none of it, finds a user who has none of something. */
const requireNone: Apply = (draft, _, isExcluded) => {
  if (!isExcluded) draft.isImpossible = true;
};

/** Docs: "Searching users". */
const QUALIFIERS: Readonly<Record<string, Apply>> = {
  in(draft, value) {
    const field = { username: "login" }[value] ?? value;
    const known = FIELDS.find((each) => each === field);
    if (known !== undefined && !draft.fields.includes(known)) draft.fields.push(known);
  },
  type(draft, value, isExcluded) {
    if ((value.toLowerCase() === "user") === isExcluded) draft.isImpossible = true;
  },
  user: addText("usernames"),
  fullname: addText("names"),
  location: addText("locations"),
  followers: addRange("followers", parseNumberRange),
  following: addRange("following", parseNumberRange),
  created: addRange("created", parseDateRange),
  repos: addRange("repos", parseNumberRange),
  language: requireNone,
  org: requireNone,
  is: requireNone,
};

/** Reads the text of a search for users. Throws GitHub's refusal of one that can't be read. */
export function parseUserQuery(text: string | undefined): UserSearch {
  if (text === undefined || text.trim() === "") {
    throw validationFailed({ resource: "Search", field: "q", code: "missing" });
  }
  const parts = text.match(PART) ?? [];
  if (parts.length > MAX_PARTS) throw invalidQuery("The search has too many parts.");
  const draft: Draft = {
    ...{ words: [], fields: [], names: [], locations: [], usernames: [], ranges: [] },
    isImpossible: false,
  };
  let isExcluded = false;
  for (const part of parts) {
    if (part === "NOT") {
      isExcluded = true;
    } else if (part !== "AND") {
      applyPart(draft, part, isExcluded);
      isExcluded = false;
    }
  }
  const length = draft.words.reduce((sum, word) => sum + word.text.length, 0);
  if (length > MAX_TEXT_LENGTH) {
    throw invalidQuery(`The search is longer than ${MAX_TEXT_LENGTH} characters.`);
  }
  return { ...draft, fields: draft.fields.length === 0 ? FIELDS : draft.fields };
}

function applyPart(draft: Draft, part: string, afterNot: boolean): void {
  const isExcluded = afterNot || (part.startsWith("-") && part.length > 1);
  const bare = part.replace(/^[+-]/, "");
  const [, name = "", value = ""] = QUALIFIER.exec(bare) ?? [];
  const apply = Object.hasOwn(QUALIFIERS, name.toLowerCase())
    ? QUALIFIERS[name.toLowerCase()]
    : undefined;
  const text = unquoted(bare).trim();
  if (apply !== undefined) apply(draft, unquoted(value), isExcluded);
  else if (text !== "") draft.words.push({ text: text.replace(/^@/, ""), isExcluded });
}

const unquoted = (text: string): string => text.replace(/^"([^"]*)"?$/s, "$1");

function invalidQuery(message: string): ApiError {
  return new ApiError(422, "Validation Failed", {
    errors: [{ message, resource: "Search", field: "q", code: "invalid" }],
  });
}
