import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Followd, type Seed, start } from "../../src/library/index.ts";
import type { Settings } from "../../src/library/options.ts";

const isForm = (body: unknown): body is URLSearchParams | FormData =>
  body instanceof URLSearchParams || body instanceof FormData;

/** A server with the facts of a page, put back before each test, and a token of each user named. */
export function page(seed: Seed, clock: string, settings: Settings = {}) {
  let server: Followd;
  const tokens = new Map<string, string>();
  beforeAll(async () => {
    server = await start({ seed, clock: () => Date.parse(clock), settings });
  });
  beforeEach(() => server.reset());
  afterAll(() => server.stop());

  async function tokenOf(username: string): Promise<string> {
    const known = tokens.get(username) ?? (await server.tokenFor(username));
    tokens.set(username, known);
    return known;
  }

  /**
   * Sends a request as a page has it, as a user or without credentials: a form where the body is
   * one, else JSON.
   */
  async function send(
    header: (token: string) => Record<string, string>,
    request: string,
    username?: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const [method = "GET", path = ""] = request.split(" ");
    const answer = await fetch(server.url + path, {
      method,
      headers: {
        ...(username === undefined ? {} : header(await tokenOf(username))),
        ...(body === undefined || isForm(body) ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: isForm(body) ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    return { status: answer.status, body: isJson && text !== "" ? JSON.parse(text) : text };
  }

  return {
    get url() {
      return server.url;
    },
    gitlab: (request: string, username?: string, body?: unknown) =>
      send((token) => ({ "private-token": token }), request, username, body),
    github: (request: string, username?: string, body?: unknown) =>
      send(
        (token) => ({ authorization: `Bearer ${token}`, accept: "application/vnd.github+json" }),
        request,
        username,
        body,
      ),
  };
}
