import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests that may wait on a connection while earlier ones are answered, and on all of them. */
const MAX_WAITING_REQUESTS = 100;
const MAX_WAITING_REQUESTS_IN_ALL = 5000;
/** Writes of a connection that are carried out at the same time, so that they share a commit. */
const MAX_WRITES_AT_ONCE = 20;
/** Answers to requests that waited, in one turn of the event loop: other connections come between. */
const MAX_STARTED_AT_ONCE = 16;
const MAX_UNREAD_MS = 30_000;
const UNREAD_CHECKED_EVERY_MS = 5000;

const isSafe = ({ method }: IncomingMessage): boolean => method === "GET" || method === "HEAD";

type Exchange = [req: IncomingMessage, res: ServerResponse];

interface Connection {
  readonly waiting: Exchange[];
  /** Requests whose answers have not left yet. */
  active: number;
  /** Whether one of them only reads. */
  reads: boolean;
  /** Answers that have left. */
  answered: number;
  /** What the last look at unread answers saw. */
  seen: { unsent: number; answered: number; since: number };
}

/**
 * Stands between node and what answers. Node hands over every request of a packet at once, a
 * thousand in 64 KB, and holds the answers until they are read; so a client that reads nothing would
 * fill the memory. Here an answer is made once the one before it has left: writes alone go side by
 * side, and their answers are small.
 */
export class ConnectionGate {
  readonly #handler: RequestListener;
  readonly #connections = new Map<Socket, Connection>();
  #waiting = 0;
  /** Connections whose next request may be looked at. */
  readonly #ready: Socket[] = [];

  constructor(handler: RequestListener) {
    this.#handler = handler;
  }

  readonly handle: RequestListener = (req, res) => {
    const { socket } = req;
    // Of a packet whose first requests had the connection closed.
    if (socket.destroyed) return;
    const connection = this.#connections.get(socket) ?? this.#opened(socket);
    if (!isWellFormed(req)) {
      res.writeHead(400, { Connection: "close", "Content-Length": "0" }).end();
      return;
    }
    const { waiting } = connection;
    if (connection.active === 0 && waiting.length === 0) {
      this.#start(connection, [req, res]);
      return;
    }
    if (waiting.length >= MAX_WAITING_REQUESTS || this.#waiting >= MAX_WAITING_REQUESTS_IN_ALL) {
      socket.destroy();
      skipPacket(socket);
      return;
    }
    waiting.push([req, res]);
    this.#waiting += 1;
    if (mayStart(connection, req, socket)) this.#schedule(socket);
  };

  /** Ends connections whose answers have not moved for so long; `now` is in milliseconds. */
  cutUnread(now: number): void {
    for (const [socket, connection] of this.#connections) {
      const { seen, answered } = connection;
      const unsent = unsentBytes(socket);
      if (unsent === 0 || unsent !== seen.unsent || answered !== seen.answered) {
        connection.seen = { unsent, answered, since: now };
      } else if (now - seen.since >= MAX_UNREAD_MS) {
        socket.destroy();
      }
    }
  }

  /** Looks at the connections of a server every few seconds, as long as it is open. */
  watch(server: Server): void {
    const look = () => this.cutUnread(performance.now());
    const timer = setInterval(look, UNREAD_CHECKED_EVERY_MS).unref();
    server.once("close", () => clearInterval(timer));
  }

  #opened(socket: Socket): Connection {
    const connection: Connection = {
      waiting: [],
      active: 0,
      reads: false,
      answered: 0,
      seen: { unsent: 0, answered: 0, since: 0 },
    };
    this.#connections.set(socket, connection);
    socket.once("close", () => {
      this.#waiting -= connection.waiting.length;
      this.#connections.delete(socket);
    });
    return connection;
  }

  #start(connection: Connection, [req, res]: Exchange): void {
    connection.active += 1;
    connection.reads ||= isSafe(req);
    res.on("close", () => {
      connection.active -= 1;
      connection.answered += 1;
      if (connection.active === 0) connection.reads = false;
      if (connection.waiting.length > 0) this.#schedule(req.socket);
    });
    this.#handler(req, res);
  }

  #schedule(socket: Socket): void {
    this.#ready.push(socket);
    if (this.#ready.length === 1) setImmediate(() => this.#startReady());
  }

  #startReady(): void {
    for (const socket of this.#ready.splice(0, MAX_STARTED_AT_ONCE)) {
      const connection = this.#connections.get(socket);
      const [next] = connection?.waiting ?? [];
      if (connection === undefined || next === undefined || socket.destroyed) continue;
      if (!mayStart(connection, next[0], socket)) continue;
      connection.waiting.shift();
      this.#waiting -= 1;
      this.#start(connection, next);
    }
    if (this.#ready.length > 0) setImmediate(() => this.#startReady());
  }
}

function mayStart({ active, reads }: Connection, req: IncomingMessage, socket: Socket): boolean {
  if (active === 0) return true;
  return !reads && !isSafe(req) && active < MAX_WRITES_AT_ONCE && !socket.writableNeedDrain;
}

interface Parser {
  readonly constructor: { readonly kOnHeadersComplete?: unknown };
  [callback: number]: unknown;
}

/**
 * Has node's parser run over the rest of a packet without making requests of it; where node has no
 * such parser it only takes longer. Parsers are used again, so the callback comes back before the
 * connection is gone.
 */
function skipPacket(socket: Socket): void {
  const { parser } = socket as Socket & { parser?: Parser | null };
  const callback = parser?.constructor.kOnHeadersComplete;
  if (!parser || typeof callback !== "number") return;
  const usual = parser[callback];
  if (typeof usual !== "function") return;
  parser[callback] = undefined;
  setImmediate(() => {
    parser[callback] = usual;
  });
}

/** What a socket has been given and the system has not taken yet. */
function unsentBytes(socket: Socket): number {
  const { _handle: handle } = socket as Socket & { _handle?: { writeQueueSize?: number } | null };
  // The queue alone shows that a long text is being read, a little at a time.
  return socket.writableLength + (handle?.writeQueueSize ?? 0);
}

/** One Host at most, and a version that is spoken here (RFC 9112, sections 2.3 and 3.2). */
function isWellFormed({ httpVersionMajor, rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return httpVersionMajor === 1 && hosts <= 1;
}
