import type { PageContext } from "../http/context.ts";
import { html, type SafeHtml } from "./html.ts";
import { layout } from "./layout.ts";

/** The inspector of a server for tests; its script fills it from the controls below /-/dev. */
export const inspectorView = (context: PageContext): SafeHtml =>
  layout(context, {
    title: "Inspector",
    ...{ width: "wide", scripts: ["inspector.js"] },
    main: html`<noscript><p class="box">The inspector needs JavaScript; its controls are described in the API reference.</p></noscript>
<p>World <b id="world">…</b>. Its clock shows <b id="clock">…</b>.</p>
<div class="actions">
<button type="button" data-control="/-/dev/reset" class="danger">Reset the world</button>
<button type="button" data-control="/-/dev/clock/move" data-body='{"seconds":60}'>Clock: one minute on</button>
<button type="button" data-control="/-/dev/clock/move" data-body='{"seconds":3600}'>Clock: one hour on</button>
<button type="button" data-control="/-/dev/clock/move" data-body='{"seconds":86400}'>Clock: one day on</button>
<button type="button" data-control="/-/dev/snapshots/inspector" data-method="PUT">Keep a snapshot</button>
<button type="button" data-control="/-/dev/snapshots/inspector/restore">Restore the snapshot</button>
<button type="button" data-control="/-/dev/faults" data-method="DELETE">End all faults</button>
</div>
<p id="said" role="status"></p>
<h2>Tokens</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Tokens"><table><thead><tr><th scope="col">User</th><th scope="col">Scopes</th><th scope="col">Token</th></tr></thead><tbody id="tokens"></tbody></table></div>
<h2>Faults</h2>
<ul id="faults"></ul>
<h2>Requests</h2>
<p><label class="check"><input type="checkbox" id="only-refused"> <span>Only those whose answer the vendor's description refuses</span></label></p>
<div class="scroll" tabindex="0" role="region" aria-label="Requests"><table><thead><tr><th scope="col">Time</th><th scope="col">Request</th><th scope="col">Status</th><th scope="col">Answered by</th><th scope="col">Caller</th><th scope="col">Refused</th></tr></thead><tbody id="requests"></tbody></table></div>`,
  });
