import type { Handlers } from "../http/context.ts";
import * as avatars from "./avatars.ts";
import * as docs from "./docs.ts";
import * as links from "./email-link-pages.ts";
import * as health from "./health.ts";
import * as metrics from "./metrics.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  health: health.health,
  liveness: health.liveness,
  readiness: health.readiness,
  status: health.status,
  metrics: metrics.metrics,
  avatar: avatars.avatar,
  uploadedAvatar: avatars.uploadedAvatar,
  askForConfirmation: links.askForConfirmation,
  confirmEmail: links.confirmEmail,
  askForPassword: links.askForPassword,
  choosePassword: links.choosePassword,
  docs: docs.docs,
  docsScript: docs.docsScript,
  openapi: docs.openapi,
};
