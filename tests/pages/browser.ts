import type { World } from "../support/server.ts";

/** An answer, as a browser without scripts has it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly location: string | undefined;
}

const ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8";

/** A browser without scripts: keeps cookies, and follows a redirect only where it is told to. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;

  constructor({ url }: Pick<World, "url">) {
    this.#url = url;
  }

  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      accept: ACCEPT,
      ...(cookie === "" ? {} : { cookie }),
      ...(init.headers as Record<string, string> | undefined),
    };
    const answer = await fetch(this.#url + path, { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = answer.headers.get("location") ?? undefined;
    return { status: answer.status, text: await answer.text(), headers: answer.headers, location };
  }

  get(path: string): Promise<Answer> {
    return this.request(path);
  }

  post(
    path: string,
    fields: Record<string, string | readonly string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const each of typeof value === "string" ? [value] : value) body.append(name, each);
    }
    return this.request(path, { method: "POST", body, headers });
  }

  /** Posts, and gets the page that the answer leads to. */
  async submit(path: string, fields: Record<string, string | readonly string[]> = {}) {
    const { location, text, status } = await this.post(path, fields);
    if (location === undefined) throw new Error(`${status} in place of a redirect: ${text}`);
    return { ...(await this.get(location)), location };
  }

  signIn(login: string, password: string): Promise<Answer> {
    return this.post("/login", { login, password });
  }
}
