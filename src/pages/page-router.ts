import type { Request, Response } from "express";
import type { Exchange, RequestHead } from "../http/dialect.ts";
import { couldBePage } from "./http/choose-page.ts";
import type { PagesSettings } from "./http/context.ts";
import type { Pages } from "./index.ts";

/** Asked before the dialects. */
interface PageRouter {
  /** Whether a request is worth asking for, by its head. */
  readonly mayAnswer: (head: RequestHead) => boolean;
  /** Answers a request with a page, or says that the dialects do. */
  readonly answer: (req: Request, res: Response, head: RequestHead) => Promise<boolean>;
}

interface Surroundings {
  /** Whether a dialect has a path at the bare root. */
  readonly isKnown: (method: string, path: string) => boolean;
  /** Call for each request that a page answers, with when it began. */
  readonly seen: (exchange: Exchange, started: number) => void;
}

/** The pages, loaded with the first request that may be for one: most callers are programs. */
export function createPageRouter(
  settings: PagesSettings,
  { isKnown, seen }: Surroundings,
): PageRouter {
  let opened: Promise<Pages> | undefined;
  return {
    mayAnswer: couldBePage,
    async answer(req, res, head) {
      const started = performance.now();
      opened ??= import("./index.ts").then(({ createPages }) => createPages(settings));
      const pages = await opened;
      const match = pages.choose(head, isKnown);
      if (match === undefined) return false;
      const exchange = {
        ...{ req, res, dialect: "pages", prefix: "", path: head.path, match },
        context: undefined,
      };
      return pages.answer(exchange, isKnown(head.method, head.path), () => seen(exchange, started));
    },
  };
}
