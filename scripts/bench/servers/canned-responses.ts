import { more, serve } from "../child.ts";
import type { Canned } from "../measure.ts";

/**
 * The limit: bare node:http that sends what it was told to, byte for byte what followd answered to
 * the same request, headers included.
 */
const answers = new Map(
  more<Canned[]>().map(({ path, status, headers, body }) => [
    path,
    { status, headers, body: body === "" ? undefined : Buffer.from(body, "latin1") },
  ]),
);

serve((req, res) => {
  const answer = answers.get(req.url ?? "");
  if (answer === undefined) {
    res.writeHead(500).end();
    return;
  }
  res.writeHead(answer.status, answer.headers);
  res.end(answer.body);
});
