import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import request from "supertest";
import { isPassword } from "../src/domain/credentials/passwords.ts";
import { byUsername } from "../src/domain/users/users.ts";
import { mailer } from "../src/mailer.ts";
import { eventually } from "./support/eventually.ts";
import { type World, world } from "./support/server.ts";

/** What the mail server received, in order. */
const received: string[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((socket) => {
    let inLetter = false;
    socket.on("error", () => undefined);
    socket.write("220 ready\r\n");
    socket.setEncoding("utf8").on("data", (text: string) => {
      received.push(text);
      if (/^quit/i.test(text)) return void socket.end("221 bye\r\n");
      if (inLetter && !text.endsWith("\r\n.\r\n")) return;
      inLetter = !inLetter && /^data/i.test(text);
      socket.write(inLetter ? "354 go on\r\n" : "250 OK\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  received.length = 0;
});

describe("mailer", () => {
  it("hands a letter to the server", async () => {
    const send = mailer(url, "followd <noreply@followd.test>");
    await send({ to: "una@example.test", subject: "Hello", text: "Line\n" });
    const all = received.join("");
    expect(all).toContain("MAIL FROM:<noreply@followd.test>");
    expect(all).toContain("RCPT TO:<una@example.test>");
    expect(all).toContain("Subject: Hello");
  });

  it("says so when no server takes it", async () => {
    const send = mailer("smtp://127.0.0.1:1", "followd <noreply@followd.test>");
    const letter = { to: "una@example.test", subject: "Hello", text: "Line\n" };
    await expect(send(letter)).rejects.toThrow(/ECONNREFUSED/);
  });
});

const END_OF_LETTER = "\r\n.\r\n";

/** All that the mail server received, decoded, once a whole letter has these words. */
function letterWith(words: string): string | undefined {
  const parts = received.join("").split(END_OF_LETTER);
  const all = parts.map(decoded).join(END_OF_LETTER);
  const start = all.indexOf(words);
  return start === -1 || !all.includes(END_OF_LETTER, start) ? undefined : all;
}

/** Only some letters are quoted-printable; in others `token=2C` means what it says. */
const decoded = (letter: string): string =>
  /^Content-Transfer-Encoding: quoted-printable/m.test(letter)
    ? letter
        .replace(/=\r\n/g, "")
        .replace(/=([0-9A-F]{2})/g, (_, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        )
    : letter;

describe("FOLLOWD_SMTP_URL", () => {
  const worlds: World[] = [];
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map((one) => one.close()));
  });
  const nova = { username: "nova", name: "Nova", email: "nova@example.test", reset_password: true };

  async function served(smtpUrl: string) {
    const here = await world({ config: { smtpUrl, publicUrl: "https://followd.test" } });
    worlds.push(here);
    const root = await here.token(await here.user("root", { admin: true }), "api");
    const create = () =>
      request(here.url).post("/api/v4/users").set("PRIVATE-TOKEN", root).send(nova).expect(201);
    return { here, create };
  }

  it("has letters sent from the host that links lead to, and the link in them works", async () => {
    const { here, create } = await served(url);
    await create();
    const text = await eventually(() => letterWith("Subject: Account was created for you"));
    expect(text).toContain("MAIL FROM:<noreply@followd.test>");
    expect(text).toContain("RCPT TO:<nova@example.test>");
    const [, path = ""] = /https:\/\/followd\.test(\/-\/password\?token=\S+)/.exec(text) ?? [];
    const choice = request(here.url).post(path).type("form").send({ password: "tofu-Horse-42" });
    await choice.expect(200);
    const { passwordHash } = await byUsername(here.store, "nova");
    expect(await isPassword("tofu-Horse-42", passwordHash ?? "")).toBe(true);
    // Who was written to needs no operator.
    expect(here.letters).toEqual([]);
  });

  it("sends users that an administrator changed their password, or that it was changed", async () => {
    const { here } = await served(url);
    const una = await here.user("una");
    const [root, own] = [await byUsername(here.store, "root"), "correct-Horse-43"];
    const token = await here.token(root, "api");
    const change = ({ id }: { id: number }) =>
      request(here.url).put(`/api/v4/users/${id}`).set("PRIVATE-TOKEN", token);
    await change(una).send({ note: "no password" }).expect(200);
    await change(una).send({ password: own }).expect(200);
    const text = await eventually(() => letterWith("Subject: Password changed by administrator"));
    expect(text).toContain("RCPT TO:<una@example.test>");
    expect(text).toContain("An administrator changed the password of your account una");
    expect(text).not.toContain(own);
    await change(root).send({ password: own }).expect(200);
    await eventually(() => letterWith("The password of your account root"));
  });

  it("leaves the link to the operator when the mail server takes no letter", async () => {
    const { here, create } = await served("smtp://127.0.0.1:1");
    await create();
    const [kept] = await eventually(() => (here.letters.length > 0 ? here.letters : undefined));
    expect(kept).toMatchObject({ to: "nova@example.test" });
    expect(here.log.join("")).toContain("ECONNREFUSED");
    expect(here.log.join("")).not.toContain("token=");
  });
});
