import type { components } from "../../generated/gitlab-v4-types.ts";
import type { Context, Handler } from "../http/context.ts";

/** What GitLab calls its own revision where it can't find out. */
const NO_REVISION = "Unknown";

const metadata = ({ settings: { release } }: Context): components["schemas"]["metadata"] => ({
  version: release.text,
  revision: NO_REVISION,
  // There is no agent server beside this one.
  kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
  enterprise: release.edition === "ee",
});

export const getVersion: Handler<"getVersion"> = (_, context) => ({
  status: 200,
  body: metadata(context),
});

export const getMetadata: Handler<"getMetadata"> = (_, context) => ({
  status: 200,
  body: metadata(context),
});
