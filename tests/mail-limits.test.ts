import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Letter } from "../src/domain/letter.ts";
import { withMailLimits } from "../src/mail-limits.ts";
import { client, world } from "./support/server.ts";

let now = 0;
let sent: Letter[];
let warned: object[];
beforeEach(() => {
  sent = [];
  warned = [];
});
const mail = () =>
  withMailLimits(
    async (letter) => void sent.push(letter),
    () => ({ clock: () => now }),
    { warn: (details) => void warned.push(details) },
  );
const letter = (to: string, causedBy?: number): Letter => ({
  ...{ to, subject: "x", text: "x" },
  ...(causedBy === undefined ? {} : { causedBy }),
});

describe("mail", () => {
  it("goes to an address ten times an hour, in any case that it is written in", async () => {
    const send = mail();
    for (let at = 0; at < 15; at += 1) await send(letter(at % 2 ? "a@b.test" : "A@B.test", at));
    await send(letter("other@b.test"));
    expect(sent.filter(({ to }) => /^a@b/i.test(to))).toHaveLength(10);
    expect(sent.at(-1)?.to).toBe("other@b.test");
    expect(warned).toHaveLength(5);
    now += 60 * 60 * 1000;
    await send(letter("a@b.test"));
    expect(sent.at(-1)?.to).toBe("a@b.test");
  });

  it("is caused by one user twenty times an hour, and by administrators without an end", async () => {
    const send = mail();
    for (let at = 0; at < 25; at += 1) await send(letter(`user${at}@b.test`, 7));
    expect(sent).toHaveLength(20);
    for (let at = 0; at < 25; at += 1) await send(letter(`admin${at}@b.test`));
    expect(sent).toHaveLength(45);
  });

  it("is not set up where links would lead to the host that a request names", async () => {
    await expect(world({ config: { smtpUrl: "smtp://mail.test" } })).rejects.toThrow(
      "FOLLOWD_SMTP_URL needs --public-url",
    );
  });
});

describe("links behind a proxy", () => {
  const forwarded = (proto: string, host: string) => ({
    "X-Forwarded-Proto": proto,
    "X-Forwarded-Host": host,
  });

  it("take http or https and a host that can be one, and what shared caches keep says so", async () => {
    const here = await world({ config: { trustedProxies: ["loopback"] } });
    await here.user("mona");
    const ask = (headers: Record<string, string>) =>
      client(here).get("/api/v3/users/mona").set(headers).expect(200);
    const good = await ask(forwarded("https", "git.example"));
    expect(good.body.url).toBe("https://git.example/api/v3/users/mona");
    expect(good.headers.vary).toMatch(/X-Forwarded-Host, X-Forwarded-Proto$/);
    for (const proto of ["https://evil.example/?", "javascript", ""]) {
      const { body } = await ask(forwarded(proto, "x y"));
      expect(body.url).toBe(`${here.url}/api/v3/users/mona`);
    }
    await here.close();
  });

  it("say nothing of it where no proxy is trusted", async () => {
    const here = await world();
    await here.user("mona");
    const { body, headers } = await client(here)
      .get("/api/v3/users/mona")
      .set(forwarded("https", "git.example"));
    expect(body.url).toBe(`${here.url}/api/v3/users/mona`);
    expect(headers.vary).not.toContain("Forwarded");
    await here.close();
  });
});
