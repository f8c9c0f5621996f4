import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Followd, start } from "../../src/library/index.ts";
import type { StartOptions } from "../../src/library/options.ts";

/** An answer with its body read: JSON where it is some, else the text. */
export interface Answer {
  status: number;
  headers: Headers;
  body: never;
}

interface Asked {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export async function ask(url: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = "GET", body, token, headers } = asked;
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
  const read = (isJson ? JSON.parse(text) : text) as never;
  return { status: answer.status, headers: answer.headers, body: read };
}

/** One server for a describe block, put back before each of its tests, and octocat's token. */
export function stage(options: StartOptions = {}) {
  let server: Followd;
  let token: string;
  beforeAll(async () => {
    server = await start(options);
    token = await server.tokenFor("octocat");
  });
  beforeEach(() => server.reset());
  afterAll(() => server.stop());
  return {
    get server() {
      return server;
    },
    get token() {
      return token;
    },
    /** Asks the controls. */
    dev: (method: string, path = "", body?: unknown, headers?: Record<string, string>) =>
      ask(server.url, `/-/dev${path}`, { method, body, ...(headers ? { headers } : {}) }),
    github: (method: string, path: string, headers?: Record<string, string>) =>
      ask(server.url, `/api/v3${path}`, { method, token, ...(headers ? { headers } : {}) }),
    gitlab: (method: string, path: string) => ask(server.url, `/api/v4${path}`, { method, token }),
  };
}
