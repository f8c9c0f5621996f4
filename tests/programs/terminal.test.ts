import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, it } from "@jest/globals";
import { folders, followd } from "../cli/program.ts";

const folder = folders();

/** util-linux's `script` lends a terminal. */
it("shows root's first token on a terminal, once, with a line to try in each dialect", async () => {
  const data = folder();
  const main = `${import.meta.dirname}/../../src/main.js`;
  const command = `${process.execPath} ${main} serve --port 0 --data ${data}`;
  const watch = async () => {
    const child = spawn("script", ["-qefc", `timeout 4 ${command}`, "/dev/null"]);
    return text(child.stdout);
  };
  const shown = await watch();
  const line =
    /curl -H "Authorization: Bearer (ghp_[\w.-]+)" http:\/\/127\.0\.0\.1:\d+\/api\/v3\/user/;
  expect(shown).toMatch(line);
  const [, token = ""] = line.exec(shown) ?? [];
  const { stdout } = await followd(["token", "list", "root", "--json", "--data", data]);
  expect(JSON.parse(stdout)).toMatchObject([{ id: 1, name: "made by the first followd serve" }]);
  expect(token).toMatch(/^ghp_[0-9A-Za-z]{36}$/);
  expect(shown).toMatch(/curl -H "PRIVATE-TOKEN: ghp_[\w.-]+" \S+\/api\/v4\/users\/1\/followers/);
  expect(await watch()).not.toContain("ghp_");
});
