import type { operations } from "../../generated/dev-types.ts";
import type { Exchange } from "../../http/dialect.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../http/handler.ts";
import type { World } from "../world.ts";

/** The worlds of a server, as far as the controls need them. */
export interface WorldList {
  readonly names: string[];
  /** Ends a world; false when there is none of this name. */
  end(name: string): Promise<boolean>;
}

/** What is known about one request to the controls. */
export interface Context {
  readonly world: World;
  readonly worlds: WorldList;
  readonly exchange: Omit<Exchange, "context">;
}

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
