import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import { folders, followd } from "./cli/program.ts";
import { servers } from "./cli/serving.ts";

const ROOT = join(import.meta.dirname, "..");
const BASE = "http://127.0.0.1:3000";
const page = readFileSync(join(ROOT, "docs/clients.md"), "utf8");

/** The examples in a language, each with the title above it. */
function examples(language: string, markdown = page): [title: string, code: string][] {
  return markdown.split(/^##+ /m).flatMap((section): [string, string][] => {
    const [title = ""] = section.split("\n", 1);
    const blocks = section.matchAll(RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"));
    return [...blocks].map(([, code = ""]) => [title, code]);
  });
}

/** Runs an example as a file beside package.json would run. */
async function run(code: string, env: Record<string, string>) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

const serve = servers(folders());

describe("docs/clients.md", () => {
  const js = examples("js");

  it("has an example for each client of JavaScript", () => {
    expect(js.map(([title]) => title)).toEqual(["Octokit", "gitbeaker"]);
  });

  it("prepares the users and the token that its examples need", async () => {
    const [preparation] = examples("sh");
    const { data } = await serve();
    const words = [...(preparation?.[1] ?? "").matchAll(/followd -- ([^)\n]+)/g)].map(
      ([, line = ""]) => line,
    );
    expect(words).toHaveLength(2);
    for (const line of words) {
      expect((await followd([...line.split(" "), "--data", data])).code).toBe(0);
    }
    const shown = await followd(["user", "show", "octocat", "--json", "--data", data]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: 2 });
  });

  it.each(js)("runs as it stands: %s", async (_, code) => {
    const { url, data } = await serve();
    const make = ["user", "create", "octocat", "--email", "octocat@example.com", "--data", data];
    expect((await followd(make)).code).toBe(0);
    const { stdout: token } = await followd(["token", "create", "root", "--data", data]);
    expect(code).toContain(BASE);
    const ended = await run(code.replaceAll(BASE, url), { TOKEN: token.trim() });
    expect(ended).toEqual({ code: 0, stdout: "[ 'root' ]\n", stderr: "" });
  });

  it("gives no other address, and explains every client of its table", () => {
    const addresses = page.match(/https?:\/\/[^/\s`"]+/g) ?? [];
    expect([...new Set(addresses)]).toEqual([BASE]);
    const clients = [...page.matchAll(/^\| (\S[^|]*?) +\| Git/gm)].map(([, name]) => name);
    const titles = [...page.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(clients);
  });
});
