import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mailer } from "../src/mail.ts";

/** What the mail server was told. */
const told: string[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((socket) => {
    let inLetter = false;
    socket.on("error", () => undefined);
    socket.write("220 ready\r\n");
    socket.setEncoding("utf8").on("data", (text: string) => {
      told.push(text);
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

describe("mailer", () => {
  it("hands a letter to the server", async () => {
    const send = mailer(url, "followd <noreply@followd.test>");
    await send({ to: "una@example.test", subject: "Hello", text: "Line\n" });
    const all = told.join("");
    expect(all).toContain("MAIL FROM:<noreply@followd.test>");
    expect(all).toContain("RCPT TO:<una@example.test>");
    expect(all).toContain("Subject: Hello");
  });

  it("says so when nobody takes it", async () => {
    const send = mailer("smtp://127.0.0.1:1", "followd <noreply@followd.test>");
    const letter = { to: "una@example.test", subject: "Hello", text: "Line\n" };
    await expect(send(letter)).rejects.toThrow(/ECONNREFUSED/);
  });
});
