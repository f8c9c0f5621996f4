import type { operations } from "../../../generated/gitlab-v3-types.ts";
import type { Handler as AnyHandler, Handlers as AnyHandlers } from "../../../http/handler.ts";
import type { Context } from "../../http/context.ts";

export type Handler<Id extends keyof operations> = AnyHandler<operations[Id], Context>;
export type Handlers = AnyHandlers<operations, Context>;
