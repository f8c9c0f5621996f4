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
}

export interface Loaded {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers that were neither 2xx nor 304. */
  wrong: number;
}

/** Keeps all connections asking until the time is over. Loopback only. */
export async function load({ url, asks, connections, seconds }: Load): Promise<Loaded> {
  let connection = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    setupClient(client) {
      client.setRequests(asks(connection).map((ask) => ({ ...ask })));
      connection += 1;
    },
  });
  const unchanged = result.statusCodeStats?.["304"]?.count ?? 0;
  return {
    requests: result.requests.total,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    wrong: result.non2xx - unchanged + result.errors + result.timeouts,
  };
}
