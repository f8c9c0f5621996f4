/// <reference lib="esnext.disposable" preserve="true" />
import type { components, operations } from "../generated/dev-types.ts";

type Json<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { "application/json": infer Body } };
}
  ? Body
  : never;

/** A fault as `POST /-/dev/faults` takes it (docs/dev.md). */
export type Fault = Json<"addFault">;
/** One request as the log of requests has it. */
export type LoggedRequest = components["schemas"]["request"];
/** Which requests of the log; all without one. */
export type RequestFilter = NonNullable<operations["requests"]["parameters"]["query"]>;

/** How everything was at a moment, to come back to. */
export interface Snapshot extends AsyncDisposable {
  readonly name: string;
  /** Puts rows, numbers, clock, limits and faults back. */
  restore(): Promise<void>;
  delete(): Promise<void>;
}

/** What a test can do to a server in memory beside sending it requests. */
export interface Controls {
  /** Has requests answered with a fault; returns what ends it. Rejects for one that can't happen. */
  fault(fault: Fault): Promise<{ readonly id: number; end(): Promise<void> }>;
  /** Ends all faults. */
  endFaults(): Promise<void>;
  /** What was asked and answered, oldest first. */
  requests(filter?: RequestFilter): Promise<LoggedRequest[]>;
  /** Empties the log of requests. */
  forgetRequests(): Promise<void>;
  readonly clock: {
    /** What the clock shows. */
    now(): Promise<Date>;
    /** Stops the clock at a time. */
    freeze(at: Date | number | string): Promise<void>;
    /** Moves the clock on, by seconds. */
    move(seconds: number): Promise<void>;
    /** Lets the clock run with the machine's again. */
    run(): Promise<void>;
  };
  readonly worlds: {
    /** The names of the worlds that were asked for. */
    list(): Promise<string[]>;
    /** The address of a world of its own: a name is enough to make it. */
    url(name: string): string;
    end(name: string): Promise<void>;
  };
  /** Keeps how everything is now. */
  snapshot(name?: string): Promise<Snapshot>;
}

/** The controls of the server at an address, as methods; the token is for those that want one. */
export function controlsAt(url: string, controlToken?: string): Controls {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/-/dev${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        "content-type": "application/json",
        ...(controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` }),
      },
    });
    const text = await response.text();
    const answer: unknown = text === "" ? undefined : JSON.parse(text);
    if (response.ok) return answer;
    throw new Error((answer as { error?: string } | undefined)?.error ?? `${response.status}`);
  };
  let snapshots = 0;
  return {
    async fault(fault) {
      const { id } = (await call("POST", "/faults", fault)) as { id: number };
      return { id, end: async () => void (await call("DELETE", `/faults/${id}`)) };
    },
    endFaults: async () => void (await call("DELETE", "/faults")),
    async requests(filter = {}) {
      const query = new URLSearchParams(
        Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
      );
      return (await call("GET", `/requests?${query.toString()}`)) as LoggedRequest[];
    },
    forgetRequests: async () => void (await call("DELETE", "/requests")),
    clock: {
      now: async () => new Date(((await call("GET", "/clock")) as { time: string }).time),
      freeze: async (at) =>
        void (await call("PATCH", "/clock", { time: new Date(at).toISOString(), frozen: true })),
      move: async (seconds) => void (await call("POST", "/clock/move", { seconds })),
      run: async () => void (await call("PATCH", "/clock", { frozen: false })),
    },
    worlds: {
      list: async () => (await call("GET", "/worlds")) as string[],
      url: (name) => url.replace("//127.0.0.1", `//${name}.localhost`),
      end: async (name) => void (await call("DELETE", `/worlds/${name}`)),
    },
    async snapshot(name = `snapshot-${++snapshots}`) {
      await call("PUT", `/snapshots/${name}`);
      const drop = async () => void (await call("DELETE", `/snapshots/${name}`));
      return {
        name,
        restore: async () => void (await call("POST", `/snapshots/${name}/restore`)),
        delete: drop,
        [Symbol.asyncDispose]: drop,
      };
    },
  };
}
