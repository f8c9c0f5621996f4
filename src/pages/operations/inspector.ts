import type { PageHandler } from "../http/context.ts";
import { inspectorView } from "../views/inspector.ts";

/** `/-/dev` of a server for tests; any other server has no such page. */
export const showInspector: PageHandler = (_input, context) =>
  context.settings.dev ? { html: inspectorView(context) } : { pass: true };
