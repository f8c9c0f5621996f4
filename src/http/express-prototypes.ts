import type { ServerOptions } from "node:http";
import type { Express } from "express";

/** Not by `import`: see server/http-server.ts. */
const { IncomingMessage, ServerResponse } = process.getBuiltinModule("node:http");

/** What a server has to make of requests and answers. */
export type Messages = Required<Pick<ServerOptions, "IncomingMessage" | "ServerResponse">>;

/**
 * Classes whose objects are the application's own from the beginning. Express gives each request
 * and each answer the application's prototypes, and what has changed its prototype is slow to use
 * for as long as it lives: a tenth of what a short answer costs. What has them already stays as it
 * is.
 */
export function messagesOf(application: Express): Messages {
  class Incoming extends IncomingMessage {}
  class Outgoing extends ServerResponse {}
  application.request = Object.setPrototypeOf(Incoming.prototype, application.request);
  application.response = Object.setPrototypeOf(Outgoing.prototype, application.response);
  return { IncomingMessage: Incoming, ServerResponse: Outgoing as typeof ServerResponse };
}
