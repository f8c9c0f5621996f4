import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import { pageOperations } from "../../src/pages/operations/index.ts";
import { type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";

let here: World;
let browser: Browser;

beforeAll(async () => {
  here = await world({ config: { signInLimit: 0 } });
  const boss = await here.user("boss", { admin: true });
  await setPassword(here.store, boss.id, PASSWORD);
  browser = new Browser(here);
  await browser.signIn("boss", PASSWORD);
});
afterAll(() => here.close());

const withFiles = pageOperations.filter(({ maxFileBytes }) => maxFileBytes > 0);

describe.each(withFiles.map(({ route }) => route))("a form with files for %s", (route) => {
  it.each(["unknown[50000000]", "name[4294967294]", "name[0]", "a[k1]", "a[b][c]"])(
    "is refused where a name has brackets, as in %s",
    async (name) => {
      const body = new FormData();
      body.append(name, "1");
      const { status, text } = await browser.request(route, { method: "POST", body });
      expect({ status, isPage: text.includes("This form can&#39;t be read.") }).toEqual({
        status: 400,
        isPage: true,
      });
    },
  );

  it("is read where names are plain, even many times the same one", async () => {
    const body = new FormData();
    for (const value of ["1", "2", "3"]) body.append("unknown", value);
    const { status } = await browser.request(route, { method: "POST", body });
    expect(status).toBe(422);
  });
});

it("there are forms with files", () => {
  expect(withFiles.map(({ id }) => id).sort()).toEqual([
    "pages/admin/import/start",
    "pages/settings/picture",
  ]);
});
