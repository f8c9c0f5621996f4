import { Agent } from "node:http";
import { ask } from "../../../tests/http/wire.ts";

/** Milliseconds of many requests of one kind. */
export interface Line {
  readonly what: string;
  readonly p50: number;
  readonly p99: number;
}

const TIMES = 200;

/** Asks one thing after another over one connection, and keeps how long each took. */
export class Watch {
  readonly lines: Line[] = [];
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Throws when the answer is a refusal. */
  async send(path: string, method = "GET") {
    const headers = path.startsWith("/api/v4")
      ? { "private-token": this.#token }
      : { authorization: `token ${this.#token}` };
    const answer = await ask(this.#url, this.#agent, { method, path, headers });
    if (answer.status < 400) return answer;
    throw new Error(`${method} ${path} is ${answer.status}: ${answer.text}`);
  }

  /** Many of one kind, each with a path of its own. */
  async pages(what: string, path: () => string, count = TIMES): Promise<void> {
    const times: number[] = [];
    for (let turn = 0; turn < count; turn += 1) times.push(await this.#timed(path()));
    this.note(what, times);
  }

  /** Follows a user and takes it back, over and over. */
  async changes(what: string, path: () => string): Promise<void> {
    const times: number[] = [];
    for (let turn = 0; turn < TIMES; turn += 2) {
      const one = path();
      times.push(await this.#timed(one, "PUT"), await this.#timed(one, "DELETE"));
    }
    this.note(what, times);
  }

  /** Follows the links to the next page to the end; the first steps beside the last ones. */
  async walk(what: string, start: string, most: number): Promise<void> {
    const times: number[] = [];
    for (let path = start; path !== "" && times.length < most; ) {
      const started = performance.now();
      const { headers } = await this.send(path);
      times.push(performance.now() - started);
      const [, next] = /<([^>]+)>; rel="next"/.exec(String(headers.link ?? "")) ?? [];
      path = next?.slice(this.#url.length) ?? "";
    }
    this.note(`${what}, first steps of ${times.length}`, times.slice(0, TIMES));
    this.note(`${what}, last steps of ${times.length}`, times.slice(-TIMES));
  }

  async #timed(path: string, method = "GET"): Promise<number> {
    const started = performance.now();
    await this.send(path, method);
    return performance.now() - started;
  }

  note(what: string, times: readonly number[]): void {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
    this.lines.push({ what, p50: at(0.5), p99: at(0.99) });
  }

  close(): void {
    this.#agent.destroy();
  }
}
