import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordAudit } from "../../domain/activity/audit-log.ts";
import { invalidate } from "../../domain/invalidation.ts";
import type { Store } from "../../domain/store.ts";
import { type ImportReport, loadStagedFollows } from "../../import/load-follows.ts";
import { readFollows } from "../../import/read-follows.ts";
import { BadLine } from "../../import/staged-follows.ts";
import { UserImport } from "../../import/users/load-users.ts";
import { readUsers } from "../../import/users/read-users.ts";
import type { FormFile } from "../http/forms.ts";

/** What a file is to be imported as. */
interface ImportRequest {
  readonly kind: "follows" | "users";
  readonly file: FormFile;
  /** Everything is read and checked, and nothing is kept. */
  readonly dryRun: boolean;
  /** Each line of follows stands for both directions. */
  readonly mutual: boolean;
  /** Makes the users that follows name and that are missing; `{id}` stands for the value. */
  readonly createUsers: string | undefined;
}

/** An import as its page shows it. */
export interface ImportJob {
  readonly id: string;
  readonly name: string;
  readonly dryRun: boolean;
  /** What was chosen beside the file, for the run that follows a dry one. */
  readonly chosen: Pick<ImportRequest, "kind" | "mutual" | "createUsers">;
  state: "running" | "done" | "failed";
  stage: string;
  done: number;
  of: number;
  /** What came of it, in words. */
  result: string;
}

const MAX_JOBS = 20;
/** Characters of a file's name that the audit log keeps. */
const MAX_NAME = 255;
const jobs = new Map<string, ImportJob>();

export const findJob = (id: string): ImportJob | undefined => jobs.get(id);

/** Begins an import, which goes on while its page is looked at. */
export function startImport(store: Store, request: ImportRequest): ImportJob {
  const job: ImportJob = {
    ...{ id: store.random.uuid(), name: request.file.fileName, dryRun: request.dryRun },
    chosen: { kind: request.kind, mutual: request.mutual, createUsers: request.createUsers },
    ...{ state: "running", stage: "Reading", done: 0, of: 1, result: "" },
  };
  jobs.set(job.id, job);
  for (const old of [...jobs.keys()].slice(0, -MAX_JOBS)) jobs.delete(old);
  void run(store, request, job).then(
    (result) => Object.assign(job, { state: "done", result }),
    (error: unknown) => Object.assign(job, { state: "failed", result: wordsOf(error) }),
  );
  return job;
}

const wordsOf = (error: unknown): string => {
  if (error instanceof BadLine) return `${error.message} Nothing was imported.`;
  return `${error instanceof Error ? error.message : String(error)} Nothing was imported.`;
};

async function run(store: Store, request: ImportRequest, job: ImportJob): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "followd-import-"));
  try {
    // The format follows from the name, which is used for nothing else.
    const [ending = ""] = /(?:\.[a-z0-9]{1,8}){1,2}$/i.exec(request.file.fileName) ?? [];
    const path = join(folder, `file${ending}`);
    await writeFile(path, request.file.bytes, { mode: 0o600 });
    const onProgress = (stage: string, done: number, of: number) =>
      void Object.assign(job, { stage, done, of });
    const result = await (request.kind === "follows" ? follows : users)(
      store,
      path,
      request,
      onProgress,
    );
    if (!request.dryRun) {
      const details = { file: request.file.fileName.slice(0, MAX_NAME), result };
      await recordAudit(store, { action: `import.${request.kind}`, details });
    }
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type OnProgress = (stage: string, done: number, of: number) => void;

/** Thrown through a transaction to undo it. */
class DryRunEnd extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super("nothing is kept");
    this.report = report;
  }
}

async function follows(
  store: Store,
  path: string,
  { mutual, createUsers, dryRun }: ImportRequest,
  onProgress: OnProgress,
): Promise<string> {
  const { staged, lines } = await readFollows(path, { mutual, onProgress });
  const options = { mutual, createUsers, onProgress, now: store.clock() };
  const report = await store.engine
    .bulk(async (bulk) => {
      const written = await loadStagedFollows(bulk, staged, options);
      if (dryRun) throw new DryRunEnd(written);
      return written;
    })
    .catch((error: unknown) => {
      if (error instanceof DryRunEnd) return error.report;
      throw error;
    });
  invalidate.everything(store);
  const number = (value: number) => value.toLocaleString("en");
  const { added, alreadyThere, usersMade } = report;
  return `${number(lines)} lines read: ${number(added)} follows added, ${number(alreadyThere)} already there, ${number(usersMade)} users made.`;
}

async function users(
  store: Store,
  path: string,
  { dryRun }: ImportRequest,
  onProgress: OnProgress,
): Promise<string> {
  const reject = (line: number, problem: string) => {
    throw new BadLine(line, problem);
  };
  const loader = await UserImport.open(store, { reject, dryRun, newIds: true, onProgress });
  try {
    const take = (line: number, value: unknown) => loader.take(line, value);
    const read = await readUsers(path, { take, reject, onProgress });
    const { added, updated, alreadyThere, follows: edges } = await loader.finish();
    const number = (value: number) => value.toLocaleString("en");
    return `${number(read.users)} users read: ${number(added)} added, ${number(updated)} changed, ${number(alreadyThere)} already there; ${number(edges)} follows added.`;
  } finally {
    await loader.close();
  }
}
