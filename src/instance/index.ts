import { randomUUID } from "node:crypto";
import { requests } from "../generated/instance-requests.ts";
import { dropBody } from "../http/bodies.ts";
import type { Dialect } from "../http/dialect.ts";
import type { Context, InstanceSettings } from "./context.ts";
import { refuse } from "./errors.ts";
import { operations } from "./operations.ts";
import { scraper } from "./prometheus.ts";
import { send } from "./send.ts";

/** What the server says about itself, to whoever asks and whatever dialect they speak. */
export function instance(settings: InstanceSettings): Dialect<Context> {
  const scrape = scraper(settings);
  return {
    name: "instance",
    document: requests,
    handlers: operations,
    security: {},
    read: dropBody,
    begin: (exchange) => ({ ...settings, exchange, requestId: randomUUID(), scrape }),
    admit: async () => undefined,
    send,
    refuse,
  };
}
