import { MAX_PARAMETERS } from "../../../src/http/request-bounds.ts";
import type { Target } from "./documents.ts";

/** One way to make an operation work: what goes into its address, and its body. */
export interface Costly {
  readonly shape: string;
  readonly query?: string;
  /** Made when it is sent, as most are large. */
  readonly body?: () => string;
  readonly type?: string;
}

/** As many of an operation's names are tried, and the first come first. */
const MAX_NAMES = 8;
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=b0undary";
/** What a request line of 16 KB leaves for a query. */
const QUERY_CHARACTERS = 15_000;

const numbered = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at));
const object = (names: readonly string[], value: unknown) =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, value])));
const multipart = (names: readonly string[], value: string, line: string) =>
  `${names
    .flatMap((name) => [
      "--b0undary",
      `Content-Disposition: form-data; name="${name}"`,
      "",
      value,
      "",
    ])
    .join(line)}--b0undary--${line}`;

/** The names that an operation takes anywhere, and one that none takes. */
function namesOf({ parameters, content }: Target): string[] {
  const members = Object.values(content ?? {}).flatMap(({ schema }) =>
    Object.keys(schema?.properties ?? {}),
  );
  const query = parameters.filter(({ in: where }) => where === "query").map(({ name }) => name);
  return [...new Set(["unknown", ...query, ...members])].slice(0, MAX_NAMES);
}

const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  "one letter": (length) => "a".repeat(length),
  blanks: (length) => `x${" ".repeat(length - 2)}y`,
  digits: (length) => "1".repeat(length),
  "a date": (length) => `2024-01-01Ty${" ".repeat(length - 13)}Z`,
  "a date's signs": (length) => `2024-01-01Ty${"+".repeat(length - 13)}Z`,
  "search words": (length) =>
    numbered(Math.floor(length / 8), (at) => `a${at}z`.padEnd(7, "q")).join(" "),
  "list items": (length) => "x,".repeat(length / 2),
  "an address": (length) => `${"a.".repeat(length / 2)}@${"b-".repeat(20)}`,
  "a key": (length) => `ssh-rsa AAAA${" ".repeat(length - 20)}\u2028`,
  quotes: (length) => `"a `.repeat(length / 3),
  brackets: (length) => "[".repeat(length),
};

/** Every shape for an operation, at the largest body that it takes. */
export function* costlyFor(target: Target, maxBytes: number): Generator<Costly> {
  const names = namesOf(target);
  const text = Math.min(65_536, maxBytes - 200);
  // Bodies that are too large are refused by their length; these are just not.
  const many = Math.floor((maxBytes - 200) / 30);
  yield { shape: "many names in a query", query: numbered(2500, (at) => `k${at}`).join("&") };
  yield {
    shape: "names in brackets in a query",
    query: numbered(1800, (at) => `a[${at}]`).join("&"),
  };
  yield { shape: "a token that is none", query: `private_token=${"eyJ".repeat(5000)}` };
  for (const [shape, make] of Object.entries(TEXTS)) {
    const long = encodeURIComponent(make(4500)).slice(0, QUERY_CHARACTERS);
    yield {
      shape: `${shape} in a query`,
      query: names
        .map((name) => `${name}=${long.slice(0, QUERY_CHARACTERS / names.length)}`)
        .join("&"),
    };
    yield {
      shape: `${shape} in JSON`,
      body: () => object(names, make(Math.floor(text / names.length))),
      type: JSON_TYPE,
    };
    for (const name of names) {
      yield {
        shape: `${shape} as ${name}`,
        body: () => object([name], make(text)),
        type: JSON_TYPE,
      };
    }
    const form = () => names.map((name) => `${name}=${encodeURIComponent(make(300))}`).join("&");
    yield { shape: `${shape} in a form`, body: form, type: FORM_TYPE };
  }
  for (const count of [MAX_PARAMETERS - names.length, many]) {
    const list = Array<unknown>(count);
    yield {
      shape: `${count} members`,
      body: () =>
        object(
          numbered(count, (at) => `k${at}`),
          1,
        ),
      type: JSON_TYPE,
    };
    yield {
      shape: `${count} names in brackets`,
      body: () =>
        object(
          numbered(count, (at) => `a[k${at}]`),
          1,
        ),
      type: JSON_TYPE,
    };
    yield {
      shape: `${count} fields`,
      body: () => numbered(count, (at) => `a[k${at}]=1`).join("&"),
      type: FORM_TYPE,
    };
    for (const name of names) {
      yield {
        shape: `${count} right items as ${name}`,
        body: () => object([name], list.fill("api")),
        type: JSON_TYPE,
      };
      yield {
        shape: `${count} wrong items as ${name}`,
        body: () => object([name], list.fill({})),
        type: JSON_TYPE,
      };
      const wrong = () =>
        Object.fromEntries(numbered(count, (at) => `k${at}`).map((name) => [name, {}]));
      yield {
        shape: `${count} wrong members as ${name}`,
        body: () => object([name], wrong()),
        type: JSON_TYPE,
      };
    }
    yield {
      shape: `${count} items under a long name`,
      body: () => object(["a".repeat(256)], list.fill(1)),
      type: JSON_TYPE,
    };
    const parts = () => numbered(Math.min(count, 2000), (at) => `a[k${at}]`);
    yield { shape: `${count} parts`, body: () => multipart(parts(), "1", "\r\n"), type: MULTIPART };
    yield {
      shape: `${count} parts with bare lines`,
      body: () => multipart(parts(), "1", "\n"),
      type: MULTIPART,
    };
  }
  for (const index of [90, 50_000_000, 4_294_967_294]) {
    const sparse = names.map((name) => `${name}[${index}]`);
    yield {
      shape: `an index of ${index}`,
      body: () => multipart(sparse, "1", "\r\n"),
      type: MULTIPART,
    };
    yield {
      shape: `an index of ${index} in a form`,
      body: () => sparse.map((name) => `${name}=1`).join("&"),
      type: FORM_TYPE,
    };
  }
  yield { shape: "deep JSON", body: () => "[".repeat(maxBytes - 10), type: JSON_TYPE };
  yield {
    shape: "deep names",
    body: () => `a${"[b]".repeat(maxBytes / 3 - 10)}=1`,
    type: FORM_TYPE,
  };
  yield { shape: "a body that is too large", body: () => "x".repeat(2 ** 20), type: JSON_TYPE };
}
