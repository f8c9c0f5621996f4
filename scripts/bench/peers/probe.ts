import { asking, LIST, type Running } from "./running.ts";

/** What a server makes of requests whose answers depend on what it holds. */
export interface Probe {
  /** Users in the second page of thirty, and bytes of it. */
  readonly users: number;
  readonly bytes: number;
  /** Whether the third page has other people in it. */
  readonly turns: boolean;
  /** The status for an unknown user. */
  readonly unknown: number;
  /** The statuses of following, asking, unfollowing and asking again. */
  readonly remembers: readonly number[];
}

export async function probe({ peer, url }: Running): Promise<Probe> {
  const ask = async (method: "GET" | "PUT" | "DELETE", path: string) => {
    const { headers, path: where } = asking(peer, method, path);
    const answer = await fetch(url + where, { method, headers });
    return { status: answer.status, text: await answer.text() };
  };
  const [second, third] = [await ask("GET", LIST), await ask("GET", LIST.replace("=2", "=3"))];
  const unknown = await ask("GET", LIST.replace("octocat", "missing-user"));
  const following = "/user/following/mona";
  const remembers: number[] = [];
  for (const method of ["PUT", "GET", "DELETE", "GET"] as const) {
    remembers.push((await ask(method, following)).status);
  }
  const users = (JSON.parse(second.text) as unknown[]).length;
  const turns = users > 0 && second.text !== third.text && users === 30;
  return { users, bytes: second.text.length, turns, unknown: unknown.status, remembers };
}
