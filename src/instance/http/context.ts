import type { DataFigures } from "../../domain/data-figures.ts";
import type { Store } from "../../domain/store.ts";
import type { operations } from "../../generated/instance-types.ts";
import type { Exchange } from "../../http/dialect.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../http/handler.ts";
import type { Observed } from "../../http/request-metrics.ts";
import type { ServedDocument } from "../docs/documents.ts";
import type { Docs } from "../docs/index.ts";

/** What the server knows about itself, and may tell. */
export interface InstanceSettings {
  readonly store: Store;
  /** followd's own. */
  readonly version: string;
  /** Opens the metrics to callers on other machines; undefined keeps them shut. */
  readonly metricsToken: string | undefined;
  /** Whether anonymous callers are refused (private mode). */
  readonly privateMode: boolean;
  /** False while the program starts and after a signal to stop. */
  readonly isReady: () => boolean;
  readonly observed: Observed;
  /** Bytes on disk and the last backup, as far as they are known. */
  readonly figures?: (() => DataFigures) | undefined;
  /** What is documented, and under which address; undefined where nothing is to be. */
  readonly documented:
    | { served: readonly ServedDocument[]; publicUrl: string | undefined }
    | undefined;
  readonly log: { error(details: object): void };
}

/** What is known about one request to the server itself. */
export interface Context extends InstanceSettings {
  readonly exchange: Omit<Exchange, "context">;
  readonly requestId: string;
  /** The metrics of this moment, in Prometheus's text form. */
  readonly scrape: () => Promise<string>;
  readonly docs: { open(): Promise<Docs>; publicUrl: string | undefined } | undefined;
}

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
