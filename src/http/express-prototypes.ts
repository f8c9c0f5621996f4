import type {
  ServerResponse as Answer,
  IncomingMessage as Message,
  ServerOptions,
} from "node:http";
import type { Express, Request, Response } from "express";

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

/**
 * Makes a request and its answer Express's own, as its application does before it looks through its
 * middleware. There is one that takes every request, so it is called without that search.
 */
export function adoptPrototypes(
  application: Express,
  message: Message,
  answer: Answer,
): [Request, Response] {
  const [req, res] = [message as Request, answer as Response];
  // Of servers that were not given our classes.
  if (req.app !== application) {
    Object.setPrototypeOf(req, application.request);
    Object.setPrototypeOf(res, application.response);
  }
  req.res = res;
  res.req = req;
  req.originalUrl = req.url;
  req.baseUrl = "";
  req.params = {};
  return [req, res];
}
