import autocannon from "autocannon";

export interface Ask {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Load {
  url: string;
  /** What each connection asks for, in turn, over and over. */
  asks: (connection: number) => readonly Ask[];
  connections: number;
  seconds: number;
  /** So many requests in place of a time: what is compared has then run equally long. */
  amount?: number;
}

export interface Loaded {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers that were neither 2xx nor 304. */
  wrong: number;
  /** How many answers had each status. */
  statuses: Readonly<Record<string, number>>;
}

/**
 * Keeps this process from sleeping while it works. To wake a client is the work of the server that
 * answers it, 5 of the 46 microseconds of a check, and only a server that is slower than its client
 * has to: so costs could not be compared, and differed twofold from round to round.
 */
export async function keepAwake<T>(work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const turn = () => {
    if (!isOver) setImmediate(turn);
  };
  turn();
  try {
    return await work();
  } finally {
    isOver = true;
  }
}

/** Keeps all connections asking until the time is over. Loopback only. */
export async function load(given: Load): Promise<Loaded> {
  const { url, asks, connections, seconds, amount = 0 } = given;
  let connection = 0;
  const result = await autocannon({
    url,
    connections,
    ...(amount > 0 ? { amount } : { duration: seconds }),
    setupClient(client) {
      client.setRequests(asks(connection).map((ask) => ({ ...ask })));
      connection += 1;
    },
  });
  const counted = Object.entries(result.statusCodeStats ?? {});
  const statuses = Object.fromEntries(counted.map(([status, { count = 0 }]) => [status, count]));
  return {
    requests: result.requests.total,
    perSecond: amount > 0 ? amount / result.duration : result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    wrong: result.non2xx - (statuses["304"] ?? 0) + result.errors + result.timeouts,
    statuses,
  };
}
