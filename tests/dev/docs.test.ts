import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readSeed } from "../../src/dev/seed-file.ts";
import { document } from "../../src/generated/dev-document.ts";
import { start } from "../../src/library/index.ts";
import { stage } from "./stage.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/dev.md"), "utf8");
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text = ""]) => text,
  );

const ASKED =
  /^curl (?:-X (\w+) )?"?http:\/\/([\w.-]+):3000(\/-\/dev[^\s"]*)"?(?: -d '([^']*)')?(?: +#.*)?$/;

describe("docs/dev.md", () => {
  const on = stage();

  it("has a seed that can be planted", async () => {
    const [text = ""] = blocks("yaml");
    const server = await start({ seed: readSeed(text).seed });
    const bob = await fetch(`${server.url}/api/v3/users/bob`);
    expect(await bob.json()).toMatchObject({ company: "@example", hireable: true, followers: 1 });
    await server.stop();
  });

  it("has commands that do something", async () => {
    const lines = blocks("sh")
      .join("")
      .split("\n")
      .filter((line) => line.startsWith("curl"));
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      const [, method, host = "", path = "", body] = ASKED.exec(line) ?? [];
      const label = host.endsWith(".localhost")
        ? { "x-followd-world": host.split(".")[0] ?? "" }
        : {};
      const verb = method ?? (body === undefined ? "GET" : "POST");
      const sent = body === undefined ? undefined : (JSON.parse(body) as unknown);
      const { status } = await on.dev(verb, path.slice("/-/dev".length), sent, label);
      expect(`${line} → ${status < 300}`).toBe(`${line} → true`);
    }
  });

  it("names every kind of fault", () => {
    const schemas = document.components?.schemas as Record<string, { enum?: string[] }>;
    const kinds = schemas["fault-kind"]?.enum ?? [];
    expect(kinds.length).toBe(14);
    for (const kind of kinds) expect(page).toContain(`\`${kind}\``);
  });

  it("has the sections that the document sends its readers to", () => {
    const anchors = new Set(
      [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
        title.toLowerCase().replaceAll(" ", "-"),
      ),
    );
    const named = JSON.stringify(document).matchAll(/docs\/dev\.md#([\w-]+)/g);
    expect([...named].map(([, anchor = ""]) => anchor).filter((one) => !anchors.has(one))).toEqual(
      [],
    );
  });
});
