import type { PageContext } from "../http/context.ts";
import type { ImportJob } from "../operations/import-jobs.ts";
import { adminLayout } from "./admin.ts";
import { checkbox, type FormErrors, field, formError, select } from "./forms.ts";
import { html, type Piece, type SafeHtml, when } from "./html.ts";

export const importView = (
  context: PageContext,
  { job, errors = {} }: { job?: ImportJob | undefined; errors?: FormErrors },
): SafeHtml =>
  adminLayout(context, {
    title: "Import",
    path: "/admin/import",
    main: html`${formError(errors)}${when(job, () => progress(job as ImportJob))}
<form method="post" action="/-/admin/import" enctype="multipart/form-data" class="card">
${select("kind", "What is in the file", job?.chosen.kind ?? "follows", [
  ["follows", "Follows: two columns, follower and followed"],
  ["users", "Users: CSV, NDJSON or LDIF"],
])}
<div class="field"><label for="field-file">File</label>
<input id="field-file" type="file" name="file" required aria-describedby="field-file-hint">
<p class="hint" id="field-file-hint">CSV, NDJSON or LDIF, plain or gzipped, up to 100 MB. All of it is imported, or nothing.</p></div>
${field({ name: "create_users", label: "Make missing users as", value: job?.chosen.createUsers ?? "", hint: html`<code>dev-{id}</code> makes the user dev-7 of the value 7. Empty: a value without a user ends the import.`, maxlength: 255 }, errors)}
${checkbox("mutual", "Each line stands for both directions", job?.chosen.mutual ?? false)}
${checkbox("dry_run", "Dry run: read and check everything, keep nothing", true)}
<p><button class="primary">Import</button></p></form>`,
  });

function progress(job: ImportJob): Piece {
  const title = `${job.name}${job.dryRun ? " (dry run)" : ""}`;
  if (job.state === "running") {
    return html`<div class="box" id="job" data-refresh><p><strong>${title}</strong>: ${job.stage}</p>
<progress value="${job.done}" max="${Math.max(1, job.of)}" aria-label="Progress of ${job.stage}"></progress></div>`;
  }
  const note = job.dryRun ? " Nothing was kept." : "";
  return html`<div class="box ${job.state === "done" ? "good" : "error"}" id="job" role="status"><p><strong>${title}</strong>: ${job.state === "done" ? "done" : "failed"}.</p><p>${job.result}${job.state === "done" ? note : ""}</p></div>`;
}

export const exportView = (context: PageContext): SafeHtml =>
  adminLayout(context, {
    title: "Export",
    path: "/admin/export",
    main: html`<p>Files as <code>followd import</code> reads them. What changes while one is written may be missing from it; a consistent copy is <code>followd export</code>'s.</p>
<p class="actions"><a class="button" href="/-/admin/export/follows">Download follows (CSV)</a>
<a class="button" href="/-/admin/export/users">Download users (NDJSON)</a></p>`,
  });
