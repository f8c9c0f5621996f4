import { spawn } from "node:child_process";
import { expect, it } from "@jest/globals";
import { folders, followd } from "../cli/program.ts";

const folder = folders();

/** util-linux's `script` lends a terminal. */
it("shows root's first token on a terminal, once, with a line to try in each dialect", async () => {
  const data = folder();
  const main = `${import.meta.dirname}/../../src/main.js`;
  const command = `echo PID=$$; exec ${process.execPath} ${main} serve --port 0 --data ${data}`;
  /** All that it prints, from its start to its end; it is asked to end once it has shown `last`. */
  const watch = async (last: string) => {
    const child = spawn("script", ["-qefc", command, "/dev/null"]);
    child.stdout.setEncoding("utf8");
    let shown = "";
    let isAskedToEnd = false;
    for await (const chunk of child.stdout) {
      shown += chunk;
      const pid = Number(/PID=(\d+)/.exec(shown)?.[1]);
      if (isAskedToEnd || !shown.includes(last)) continue;
      isAskedToEnd = process.kill(pid, "SIGTERM");
    }
    return shown;
  };
  const shown = await watch("/users/1/followers");
  const line =
    /curl -H "Authorization: Bearer (ghp_[\w.-]+)" http:\/\/127\.0\.0\.1:\d+\/api\/v3\/user/;
  expect(shown).toMatch(line);
  const [, token = ""] = line.exec(shown) ?? [];
  const { stdout } = await followd(["token", "list", "root", "--json", "--data", data]);
  expect(JSON.parse(stdout)).toMatchObject([{ id: 1, name: "made by the first followd serve" }]);
  expect(token).toMatch(/^ghp_[0-9A-Za-z]{36}$/);
  expect(shown).toMatch(/curl -H "PRIVATE-TOKEN: ghp_[\w.-]+" \S+\/api\/v4\/users\/1\/followers/);
  const shownAgain = await watch("is listening at");
  expect(shownAgain).toContain("stopped");
  expect(shownAgain).not.toContain("ghp_");
});
