import { recordAudit } from "../../domain/activity/audit-log.ts";
import { followLines, userLines } from "../../domain/follows/export-lines.ts";
import type { PageHandler, PageReply } from "../http/context.ts";
import { fieldOf, isTicked, trimmedField } from "../http/forms.ts";
import { exportView, importView } from "../views/admin-files.ts";
import { findJob, startImport } from "./import-jobs.ts";

export const showImport: PageHandler = ({ query }, context) => ({
  html: importView(context, { job: findJob(query.get("job") ?? "") }),
});

export const importFile: PageHandler = ({ form }, context): PageReply => {
  const file = form.files.get("file");
  if (file === undefined) {
    return { html: importView(context, { errors: { file: ["has to be chosen"] } }), status: 422 };
  }
  const template = trimmedField(form, "create_users");
  const job = startImport(context.store, {
    ...{ file, kind: fieldOf(form, "kind") === "users" ? "users" : "follows" },
    ...{ dryRun: isTicked(form, "dry_run"), mutual: isTicked(form, "mutual") },
    createUsers: template === "" ? undefined : template.slice(0, 255),
  });
  return { redirect: `/admin/import?job=${job.id}` };
};

export const showExport: PageHandler = (_input, context) => ({ html: exportView(context) });

const download = (name: string) => [
  ...["Content-Disposition", `attachment; filename="${name}"`, "Cache-Control", "no-store"],
];

export const exportFollows: PageHandler = async (_input, { store }): Promise<PageReply> => {
  await recordAudit(store, { action: "export.follows" });
  const type = "text/csv; charset=utf-8";
  return { lines: followLines(store), type, headers: download("follows.csv") };
};

export const exportUsers: PageHandler = async (_input, { store }): Promise<PageReply> => {
  await recordAudit(store, { action: "export.users" });
  const type = "application/x-ndjson";
  return { lines: userLines(store), type, headers: download("users.ndjson") };
};
