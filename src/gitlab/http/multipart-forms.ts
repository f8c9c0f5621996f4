import { once } from "node:events";
import type { Request, RequestHandler } from "express";
import multer from "multer";

/** Nothing longer is taken anywhere, so the rest of a longer file is only counted. */
const LARGEST_KEPT = 1024 * 1024;
const LARGEST_FILE = 16 * LARGEST_KEPT;

type Done = Parameters<multer.StorageEngine["_handleFile"]>[2];

/** Keeps the beginning of each file in memory. */
const keeping: multer.StorageEngine = {
  _handleFile(_req, { stream }, done: Done) {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      if (size < LARGEST_KEPT) chunks.push(chunk);
      size += chunk.length;
    });
    stream.on("error", done);
    stream.on("end", () => done(null, { buffer: Buffer.concat(chunks) }));
  },
  _removeFile: (_req, _file, done) => done(null),
};

/** Reads a form with files; `req.body` and `req.files` are then there. */
export const form: RequestHandler = multer({
  storage: keeping,
  limits: {
    fileSize: LARGEST_FILE,
    files: 2,
    fields: 100,
    parts: 110,
    fieldSize: 100_000,
    fieldNameSize: 100,
    headerPairs: 20,
  },
}).any();

/**
 * Whether a form's lines end with line feeds alone, against RFC 2046, as Perl's GitLab::API::v4
 * writes them. What is read to find out goes back.
 */
export async function hasBareLines(req: Request): Promise<boolean> {
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
  const parts = text.split(`\n--${boundary}`).slice(1, -1).map(partOf);
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
