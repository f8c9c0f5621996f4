import { Agent } from "node:http";
import { asClosed, ask, send } from "../../../tests/http/wire.ts";
import { AnswerChecker, rawComplaint } from "./answers.ts";
import { readDocuments, targetsOf } from "./documents.ts";
import { Random } from "./random.ts";
import { rawBytes } from "./raw.ts";
import { type Credentials, type FuzzRequest, FuzzRequests, type Kind } from "./requests.ts";

/** So many requests are out at a time. */
const AT_ONCE = 16;
/** So many requests share their credentials; then those who were blocked or deleted are mended. */
const BATCH = 250;
const MOST_COMPLAINTS = 20;
/** Shares of the kinds; what is left is for bare sockets. */
const SHARES: readonly [FuzzRequest["kind"], number][] = [
  ["valid", 0.45],
  ["nearly valid", 0.8],
  ["garbage", 0.985],
];

export interface Flood {
  readonly url: string;
  readonly seed: number;
  readonly requests: number;
  readonly renew: () => Promise<Credentials>;
  readonly onProgress?: (done: number) => void;
}

export interface Flooded {
  /** How many there were, by kind and status. */
  readonly counts: ReadonlyMap<Kind, ReadonlyMap<number, number>>;
  readonly complaints: readonly string[];
}

/** Sends requests and judges their answers. The same seed makes the same requests. */
export async function flood(options: Flood): Promise<Flooded> {
  const { url, seed, requests, renew, onProgress } = options;
  const documents = await readDocuments();
  const random = new Random(seed);
  const source = new FuzzRequests(documents, targetsOf(documents), random);
  const checker = new AnswerChecker(documents);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const counts = new Map<Kind, Map<number, number>>();
  const complaints: string[] = [];
  const note = (kind: Kind, status: number, complaint: () => string | undefined) => {
    const ofKind = counts.get(kind) ?? new Map<number, number>();
    counts.set(kind, ofKind.set(status, (ofKind.get(status) ?? 0) + 1));
    const said = complaints.length < MOST_COMPLAINTS ? complaint() : undefined;
    if (said !== undefined) complaints.push(said);
  };
  try {
    for (let done = 0; done < requests; done += BATCH) {
      const credentials = await renew();
      let left = Math.min(BATCH, requests - done);
      const one = async () => {
        while (left > 0) {
          left -= 1;
          await request(url, agent, source, random, checker, credentials, note);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      onProgress?.(Math.min(requests, done + BATCH));
    }
  } finally {
    agent.destroy();
  }
  return { counts, complaints };
}

type Note = (kind: Kind, status: number, complaint: () => string | undefined) => void;

async function request(
  url: string,
  agent: Agent,
  source: FuzzRequests,
  random: Random,
  checker: AnswerChecker,
  credentials: Credentials,
  note: Note,
): Promise<void> {
  const chance = random.next();
  const [kind] = SHARES.find(([, most]) => chance < most) ?? [];
  if (kind === undefined) {
    const bytes = rawBytes(random);
    const answer = await send(url, bytes, { half: true });
    note("raw", answer.status, () => {
      const wrong = rawComplaint(answer);
      return wrong && `${wrong}: ${JSON.stringify(bytes.toString("latin1"))}`;
    });
    return;
  }
  const sent = sendable(source.next(kind, credentials));
  const answer = await ask(url, agent, sent).catch(asClosed);
  note(kind, answer.status, () => {
    const wrong = checker.complaint(sent, answer);
    return wrong && `${wrong}: ${describe(sent)} -> ${answer.status} ${answer.text.slice(0, 500)}`;
  });
}

/** Node refuses to send what these would leave; bare sockets send it anyway. */
function sendable(sent: FuzzRequest): FuzzRequest {
  sent.path = sent.path.replace(/[^!-~]/g, "");
  if (!sent.path.startsWith("/")) sent.path = `/${sent.path}`;
  return sent;
}

const describe = ({ method, path, headers, body = "" }: FuzzRequest) =>
  `${method} ${path} ${JSON.stringify(headers)} ${JSON.stringify(body.toString("latin1"))}`;
