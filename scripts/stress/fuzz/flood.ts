import { Agent } from "node:http";
import { asClosed, ask, send } from "../../../tests/http/wire.ts";
import { Judge, rawComplaint } from "./answers.ts";
import { readDocuments, targetsOf } from "./documents.ts";
import { Random } from "./random.ts";
import { rawBytes } from "./raw.ts";
import { type Credentials, type Kind, type Wish, Wishes } from "./requests.ts";

/** So many requests are out at a time. */
const AT_ONCE = 16;
/** So many requests share their credentials; then those who were blocked or deleted are mended. */
const BATCH = 250;
const MOST_COMPLAINTS = 20;
/** Shares of the kinds; what is left is for bare sockets. */
const SHARES: readonly [Wish["kind"], number][] = [
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
  const wishes = new Wishes(documents, targetsOf(documents), random);
  const judge = new Judge(documents);
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
          await request(url, agent, wishes, random, judge, credentials, note);
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
  wishes: Wishes,
  random: Random,
  judge: Judge,
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
  const wish = sendable(wishes.next(kind, credentials));
  const answer = await ask(url, agent, wish).catch(asClosed);
  note(kind, answer.status, () => {
    const wrong = judge.complaint(wish, answer);
    return wrong && `${wrong}: ${told(wish)} -> ${answer.status} ${answer.text.slice(0, 500)}`;
  });
}

/** Node refuses to send what these would leave; bare sockets send it anyway. */
function sendable(wish: Wish): Wish {
  wish.path = wish.path.replace(/[^!-~]/g, "");
  if (!wish.path.startsWith("/")) wish.path = `/${wish.path}`;
  return wish;
}

const told = ({ method, path, headers, body = "" }: Wish) =>
  `${method} ${path} ${JSON.stringify(headers)} ${JSON.stringify(body.toString("latin1"))}`;
