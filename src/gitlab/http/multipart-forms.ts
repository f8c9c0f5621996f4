import { once } from "node:events";
import type { Request, RequestHandler } from "express";
import multer from "multer";
import { RequestBoundError } from "../../http/request-bounds.ts";

/** Nothing longer is taken anywhere, so the rest of a longer file is only counted. */
const MAX_KEPT_FILE_BYTES = 1024 * 1024;
const MAX_FILE_BYTES = 10 * MAX_KEPT_FILE_BYTES;
const MAX_FIELDS = 100;
const MAX_PARTS = 110;
const MAX_FIELD_BYTES = 100_000;
/** A whole form with a file. */
export const MAX_FORM_BYTES = MAX_FILE_BYTES + MAX_KEPT_FILE_BYTES;

type Done = Parameters<multer.StorageEngine["_handleFile"]>[2];

/** Keeps the beginning of each file in memory. */
const keeping: multer.StorageEngine = {
  _handleFile(_req, { stream }, done: Done) {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      if (size < MAX_KEPT_FILE_BYTES) chunks.push(chunk);
      size += chunk.length;
    });
    stream.on("error", done);
    stream.on("end", () => done(null, { buffer: Buffer.concat(chunks) }));
  },
  _removeFile: (_req, _file, done) => done(null),
};

const reader: RequestHandler = multer({
  storage: keeping,
  limits: {
    fileSize: MAX_FILE_BYTES,
    files: 2,
    fields: MAX_FIELDS,
    parts: MAX_PARTS,
    fieldSize: MAX_FIELD_BYTES,
    fieldNameSize: 100,
    fieldNestingDepth: 5,
    // A list as long as its highest index says would cost as much as if it were full.
    fieldArrayIndexLimit: MAX_FIELDS,
    headerPairs: 20,
  },
}).any();

/** As the parsers of other bodies name it. */
const tooLarge = () => Object.assign(new Error("too large"), { type: "entity.too.large" });

/** Reads a form of at most so many bytes; `req.body` and `req.files` are then there. */
export const form =
  (limit: number): RequestHandler =>
  (req, res, next) => {
    if (Number(req.headers["content-length"] ?? 0) > limit) {
      req.resume();
      next(tooLarge());
      return;
    }
    let left = limit;
    let isOver = false;
    const done = (error?: unknown) => {
      if (!isOver) next(error);
      isOver = true;
    };
    // The length may not have been said.
    req.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0 && !isOver) {
        req.unpipe().resume();
        done(tooLarge());
      }
    });
    void reader(req, res, done);
  };

/**
 * Whether a form's lines end with line feeds alone, against RFC 2046, as Perl's GitLab::API::v4
 * writes them. What is read to find out goes back.
 */
export async function hasBareLineFeeds(req: Request): Promise<boolean> {
  await once(req, "readable").catch((error: Error) => {
    // As the parsers of other bodies name it.
    throw Object.assign(error, { type: "request.aborted" });
  });
  const chunk = req.read() as Buffer | null;
  if (chunk === null) return false;
  req.unshift(chunk);
  return /^--[^\r\n]{1,100}\n/.test(chunk.subarray(0, 110).toString("latin1"));
}

/** Puts a form with bare lines, read as it came, where `form` puts others. */
export function parseMultipart(req: Request, contentType: string): void {
  const [, boundary = ""] = /boundary="?([^";]+)"?/i.exec(contentType) ?? [];
  const text = `\n${(req.body as Buffer).toString("latin1")}`;
  const all = text.split(`\n--${boundary}`, MAX_PARTS + 2).slice(1);
  if (all.length > MAX_PARTS) throw new RequestBoundError("parameters");
  const parts = all.slice(0, -1).map(partOf);
  const files = parts.filter(({ originalname }) => originalname !== undefined);
  const fields = parts.filter(({ originalname }) => originalname === undefined);
  req.files = files as Express.Multer.File[];
  req.body = Object.fromEntries(
    fields.map(({ fieldname, buffer }) => [fieldname, buffer.toString()]),
  );
}

function partOf(text: string) {
  const end = text.indexOf("\n\n");
  const head = end === -1 ? "" : text.slice(0, end);
  const [, fieldname = ""] = /\bname="([^"\n]*)"/i.exec(head) ?? [];
  const [, originalname] = /\bfilename="([^"\n]*)"/i.exec(head) ?? [];
  return { fieldname, originalname, buffer: Buffer.from(text.slice(end + 2), "latin1") };
}
