import type { RequestListener, Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../app.ts";
import { CommandError } from "../command-error.ts";
import { ConnectionGate } from "./connection-gate.ts";
import type { Certificate } from "./tls/certificate.ts";

/**
 * Not by `import`: that reads every export of a module, and those of node:http have getters that
 * load all that node's fetch is made of, which is a tenth of a start and 3 MB for good.
 * tests/architecture/imports.test.ts holds it for all files.
 */
const { createServer } = process.getBuiltinModule("node:http");

const MAX_CONNECTIONS = 12_000;
const IDLE_CHECK_INTERVAL_MS = 50;

const SERVER_TIMEOUTS = {
  headersTimeout: 5000,
  // With the checks' interval, no body takes longer than ten seconds.
  requestTimeout: 9000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
  // Skips the empty body stream of bodyless requests: no code here waits for its `end`.
  optimizeEmptyRequests: true,
};
const HANDSHAKE_TIMEOUT_MS = 5000;

/** A server with short timeouts: slow heads and bodies, and unread answers, are cut off. */
export function openServer(handler: RequestListener, messages?: App["messages"]): Server {
  const gate = new ConnectionGate(handler);
  return prepared(createServer({ ...SERVER_TIMEOUTS, ...messages }, gate.handle), gate);
}

/** The same over TLS; slow handshakes are cut off, too. */
export async function openSecureServer(
  handler: RequestListener,
  certificate: Certificate,
  messages?: App["messages"],
) {
  const { createServer: createSecureServer } = await import("node:https");
  const options = {
    ...SERVER_TIMEOUTS,
    ...messages,
    ...certificate,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  };
  const gate = new ConnectionGate(handler);
  const server = createSecureServer(options, gate.handle);
  // Node would answer a handshake that failed as if it were a request that did.
  server.removeAllListeners("tlsClientError");
  server.on("tlsClientError", (_, socket) => socket.destroy());
  return prepared(server, gate);
}

function prepared<S extends Server>(server: S, gate: ConnectionGate): S {
  gate.watch(server);
  server.maxConnections = MAX_CONNECTIONS;
  server.on("clientError", refuse);
  return server;
}

const STATUSES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

type Answering = Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null };

/** What came is not HTTP, or came too slowly, and so no dialect can answer it. */
function refuse(error: NodeJS.ErrnoException, socket: Answering): void {
  // In the middle of a response, or to a client that has gone, nothing can be sent.
  if (error.code === "ECONNRESET" || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ""] ?? "400 Bad Request";
  socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "is taken; end the program that has it, or choose another --port (0 for any free one).",
  EACCES: "is not allowed to this user; choose a --port above 1023.",
  EADDRNOTAVAIL: "is not an address of this machine; choose another --host.",
  ENOTFOUND: "can't be found; choose another --host.",
};

/** Begins to listen. Returns the address under which this machine reaches it. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    const problem = PROBLEMS[(error as NodeJS.ErrnoException).code ?? ""];
    throw problem === undefined ? error : new CommandError(`${host}:${port} ${problem}`);
  }
  const { address, family, port: actual } = server.address() as AddressInfo;
  const scheme = "setSecureContext" in server ? "https" : "http";
  const everywhere = /^(0\.0\.0\.0|::)$/.test(address);
  if (family === "IPv6" && !everywhere) return `${scheme}://[${address}]:${actual}`;
  return `${scheme}://${everywhere ? "127.0.0.1" : address}:${actual}`;
}

/** Takes no more connections, and ends when all requests have been answered or time is up. */
export async function drain(server: Server, milliseconds: number): Promise<void> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  // A connection that falls idle later would be held open for its next request.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_INTERVAL_MS);
  const timeout = pause(milliseconds, false, { ref: false });
  if (!(await Promise.race([closed, timeout]))) server.closeAllConnections();
  clearInterval(idle);
  await closed;
}
