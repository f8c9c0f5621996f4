import express from "express";
import { actingStore } from "../domain/activity/audit-log.ts";
import type { Store } from "../domain/store.ts";
import { requests } from "../generated/instance-requests.ts";
import { dropBody, hasBody, parseBody } from "../http/body-parsing.ts";
import type { Dialect, Exchange, Operation } from "../http/dialect.ts";
import { requestIdOf } from "../http/request-id.ts";
import { verifyForm } from "../http/utf8.ts";
import type { Docs } from "./docs/index.ts";
import type { Context, InstanceSettings } from "./http/context.ts";
import { renderError } from "./http/render-error.ts";
import { sendResponse } from "./http/send-response.ts";
import { operations } from "./operations/index.ts";
import { scraper } from "./prometheus.ts";

/** What the server says about itself, to callers of every dialect. */
export function instance(settings: InstanceSettings): Dialect<Context> {
  const scrape = scraper(settings);
  const docs = docsOf(settings);
  return {
    name: "instance",
    document: requests,
    handlers: operations,
    security: {},
    parseRequest: read,
    preloadedOperations: [],
    createContext: (exchange) => ({
      ...settings,
      exchange,
      ...actingOf(settings.store, exchange),
      scrape,
      docs,
    }),
    authenticate: async () => undefined,
    sendResponse,
    renderError,
  };
}

/** Mailed links open for every caller who has them; nothing else is known of the caller. */
function actingOf(store: Store, { req, match }: Omit<Exchange, "context">) {
  const requestId = requestIdOf(req, store.random);
  if (req.method !== "POST") return { requestId };
  const operation = match?.target.id;
  const actor = { via: "instance", address: req.ip, requestId, operation };
  return { requestId, store: actingStore(store, actor) };
}

/** Loaded for the first who asks: most callers are programs. */
function docsOf({ documented }: InstanceSettings): Context["docs"] {
  if (documented === undefined) return undefined;
  const { served, publicUrl } = documented;
  let opened: Promise<Docs> | undefined;
  return {
    publicUrl,
    open() {
      opened ??= import("./docs/index.ts").then(({ openDocs }) => openDocs(served));
      return opened;
    },
  };
}

const FORM_TYPE = "application/x-www-form-urlencoded";
const form = express.urlencoded({
  extended: false,
  limit: 10_000,
  parameterLimit: 10,
  verify: verifyForm,
});

/** Only the pages have forms; other bodies are not looked at. */
async function read(exchange: Exchange<Context>, { schema }: Operation): Promise<void> {
  if (schema.requestBody === undefined || !hasBody(exchange)) dropBody(exchange);
  else await parseBody(exchange, FORM_TYPE, form);
}
