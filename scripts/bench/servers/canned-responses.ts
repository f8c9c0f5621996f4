import { serve } from "../child.ts";

/**
 * The limit: bare node:http that sends what it was told to, byte for byte what followd answered to
 * the same request, headers included.
 */
interface Canned {
  path: string;
  status: number;
  headers: string[];
  body: string;
}

const answers = new Map(
  (JSON.parse(process.argv[3] ?? "[]") as Canned[]).map(({ path, status, headers, body }) => [
    path,
    { status, headers, body: body === "" ? undefined : Buffer.from(body) },
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
