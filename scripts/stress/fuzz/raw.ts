import type { Random } from "./random.ts";

/** Bytes for a bare socket: requests that are broken below the level of HTTP. */
export function rawBytes(random: Random): Buffer {
  const head = (...lines: string[]) => Buffer.from([...lines, "", ""].join("\r\n"), "latin1");
  const host = "Host: h";
  switch (random.below(9)) {
    case 0:
      return random.bytes(400);
    case 1:
      return head(`GET /${random.bytes(60).toString("latin1")} HTTP/1.1`, host);
    case 2:
      return head("POST /user HTTP/1.1", host, "Content-Length: 5", "Transfer-Encoding: chunked");
    case 3:
      return head("POST /user/emails HTTP/1.1", host, "Content-Length: 5", "Content-Length: 6");
    case 4:
      return Buffer.concat([
        head("POST /api/v4/users HTTP/1.1", host, "Transfer-Encoding: chunked"),
        Buffer.from(random.pick(["zz\r\n", "-1\r\n", "5\r\nab", "ffffffffffffffff\r\n", "0\r\n"])),
      ]);
    case 5:
      return head("GET / HTTP/1.1", host, `X: ${"y".repeat(random.below(20_000))}`);
    case 6:
      return head("GET / HTTP/9.9", host);
    case 7:
      return head("GET /users/mona HTTP/1.1", `Host: a\x00b${random.printable(10)}`);
    default:
      return head(`${random.printable(12)} / HTTP/1.1`, host, `${random.printable(9)}: \x01`);
  }
}
