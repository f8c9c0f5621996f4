import type { OutgoingHttpHeaders } from "node:http";
import type { Document, Target } from "./documents.ts";
import { NASTY, nastyValue } from "./hostile-values.ts";
import {
  JSON_TYPE,
  METHODS,
  nastyHeaders,
  nastyQuery,
  spoiltBody,
  spoiltCredential,
  spoiltPath,
  withMember,
} from "./mutate.ts";
import type { Random } from "./random.ts";
import { textFor, valueFor } from "./values.ts";

export const KINDS = ["valid", "nearly valid", "garbage", "raw"] as const;
export type Kind = (typeof KINDS)[number];

/** Tokens by what they are good for, and a browser's session of an administrator. */
export type Credentials = Readonly<Record<"admin" | "user" | "reader" | "session", string>>;

export interface FuzzRequest {
  readonly kind: Exclude<Kind, "raw">;
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body?: Buffer | string | undefined;
  /** The operation that is meant, as long as nothing about the address was spoilt. */
  target?: Target | undefined;
}

/** Operations after which the caller's token opens nothing, so that too many would stop the rest. */
const ENDING = /^(?:revokeOwn|rotateOwn|deleteUser$|enterprise-admin\/delete-personal)/;
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  github: ["/api/v3", "/api/v3", ""],
  "gitlab-v4": ["/api/v4", "/api/v4", ""],
  "gitlab-v3": ["/api/v3"],
};

/** Makes requests out of documents, the same ones for the same chance. */
export class FuzzRequests {
  readonly #documents: ReadonlyMap<string, Document>;
  readonly #targets: readonly Target[];
  readonly #random: Random;

  constructor(
    documents: ReadonlyMap<string, Document>,
    targets: readonly Target[],
    random: Random,
  ) {
    this.#documents = documents;
    this.#targets = targets;
    this.#random = random;
  }

  next(kind: FuzzRequest["kind"], credentials: Credentials): FuzzRequest {
    switch (kind) {
      case "valid":
        return this.#valid(credentials);
      case "nearly valid":
        return this.#nearly(credentials);
      case "garbage":
        return this.#garbage(credentials);
    }
  }

  #valid(credentials: Credentials): FuzzRequest {
    const random = this.#random;
    const target = this.#target();
    const document = this.#documents.get(target.document) as Document;
    const given = (where: string) =>
      target.parameters.filter(
        (each) => each.in === where && (each.required || where === "path" || random.chance(0.2)),
      );
    const values = new Map(
      given("path").map(({ name, schema }) => [name, textFor(document, schema, random, name)]),
    );
    const path = target.route.replace(
      /\{(\w+)\}/g,
      // An empty one would make another route of it.
      (_, name: string) => values.get(name) || "x",
    );
    const query = given("query").map(
      ({ name, schema }) => `${name}=${textFor(document, schema, random, name)}`,
    );
    const prefix = random.pick(PREFIXES[target.document] ?? [""]);
    const headers = this.#shown(target.document, credentials);
    const body = this.#bodyFor(document, target, headers);
    const asked = `${prefix}${path}${query.length === 0 ? "" : `?${query.join("&")}`}`;
    return { kind: "valid", method: target.method, path: asked, headers, body, target };
  }

  #target(): Target {
    const target = this.#random.pick(this.#targets);
    return ENDING.test(target.id) && this.#random.chance(0.9) ? this.#target() : target;
  }

  /** A token in one of the ways in which the dialect takes it. */
  #shown(document: string, tokens: Credentials): OutgoingHttpHeaders {
    const random = this.#random;
    const which = random.pick(["admin", "admin", "user", "reader", "none"] as const);
    if (which === "none") return {};
    const token = tokens[which];
    if (!document.startsWith("gitlab")) {
      return { authorization: `${random.pick(["token", "Bearer"])} ${token}` };
    }
    const sudo = which === "admin" && random.chance(0.1) ? { sudo: "hubot" } : {};
    return random.chance(0.8)
      ? { "private-token": token, ...sudo }
      : { authorization: `Bearer ${token}`, ...sudo };
  }

  #bodyFor(document: Document, { content }: Target, headers: OutgoingHttpHeaders) {
    const random = this.#random;
    if (content === undefined) return undefined;
    const types = Object.keys(content);
    const type = types.includes(JSON_TYPE) && random.chance(0.8) ? JSON_TYPE : random.pick(types);
    const value = valueFor(document, content[type]?.schema ?? {}, random);
    if (type === JSON_TYPE) {
      headers["content-type"] = type;
      return JSON.stringify(value);
    }
    const pairs = Object.entries((value ?? {}) as Record<string, unknown>);
    if (type === "application/x-www-form-urlencoded") {
      headers["content-type"] = type;
      return new URLSearchParams(
        pairs.map(([name, each]): [string, string] => [name, String(each)]),
      ).toString();
    }
    headers["content-type"] = "multipart/form-data; boundary=b0undary";
    return multipart(pairs);
  }

  /** Something valid with one thing wrong about it. */
  #nearly(credentials: Credentials): FuzzRequest {
    const random = this.#random;
    const sent = { ...this.#valid(credentials), kind: "nearly valid" as const };
    switch (random.below(8)) {
      case 0:
        sent.path = spoiltPath(random, sent.path);
        break;
      case 1:
        sent.path += `${sent.path.includes("?") ? "&" : "?"}${nastyQuery(random)}`;
        break;
      case 2:
        sent.method = random.pick(METHODS);
        break;
      case 3:
        sent.body = spoiltBody(random, sent.body);
        sent.headers["content-type"] ??= JSON_TYPE;
        break;
      case 4:
        sent.body = withMember(random, sent.body);
        sent.headers["content-type"] ??= JSON_TYPE;
        break;
      case 5:
        sent.headers["content-type"] = random.pick(["text/plain", "x", "multipart/form-data", ""]);
        break;
      case 6:
        Object.assign(sent.headers, nastyHeaders(random));
        break;
      default:
        Object.assign(sent.headers, spoiltCredential(random));
    }
    return { ...sent, target: undefined };
  }

  #garbage(credentials: Credentials): FuzzRequest {
    const random = this.#random;
    const route = random.pick(this.#targets).route.replace(/\{\w+\}/g, () => random.pick(NASTY));
    const prefix = random.pick(["", "/api/v3", "/api/v4"]);
    const query = random.chance(0.5) ? `?${nastyQuery(random)}&${nastyQuery(random)}` : "";
    const path = random.chance(0.2) ? `/${random.printable(60)}` : prefix + route + query;
    const headers = {
      ...nastyHeaders(random),
      ...this.#shown(random.pick(["github", "gitlab"]), credentials),
    };
    if (random.chance(0.5)) headers["content-type"] = random.printable(40);
    const body = random.chance(0.5) ? random.bytes(300) : JSON.stringify(nastyValue(random));
    const sent = random.chance(0.4) ? undefined : body;
    return { kind: "garbage", method: random.pick(METHODS), path, headers, body: sent };
  }
}

function multipart(pairs: readonly (readonly [string, unknown])[]): string {
  const parts = pairs.map(
    ([name, value]) =>
      `--b0undary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  );
  return `${parts.join("")}--b0undary--\r\n`;
}
