import type { Exchange } from "../../http/dialect.ts";

/** Longer forms are refused: the longest honest one has an SSH key and a profile in it. */
const MAX_FORM_BYTES = 200_000;
const MAX_DROPPED_BYTES = 10_000_000;
const MAX_FIELDS = 1200;

/** A file of a form. */
export interface FormFile {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** What a form sent: its fields in order, and its files by field. */
export interface Form {
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, FormFile>;
}

export const NO_FORM: Form = { fields: new URLSearchParams(), files: new Map() };

/** The form can't be read: too long, of another type, not UTF-8. */
export class UnreadableFormError extends Error {
  override name = "UnreadableFormError";
}

/** Reads a form of either type. Throws UnreadableFormError. */
export async function readForm(exchange: Exchange, maxFileBytes: number): Promise<Form> {
  const type = (exchange.req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded") return readUrlEncoded(exchange);
  if (type === "multipart/form-data" && maxFileBytes > 0)
    return readMultipart(exchange, maxFileBytes);
  if (type === "" || type === undefined) return NO_FORM;
  throw new UnreadableFormError("This form has a type that can't be read.");
}

async function readUrlEncoded({ req }: Exchange): Promise<Form> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    // What is too long is read to its end and dropped: to break off would cut the connection.
    if (length <= MAX_FORM_BYTES) chunks.push(chunk);
    else if (length > MAX_DROPPED_BYTES) break;
  }
  if (length > MAX_FORM_BYTES) throw new UnreadableFormError("This form is too long.");
  const fields = new URLSearchParams(checkedText(Buffer.concat(chunks).toString("latin1")));
  if (fields.size > MAX_FIELDS) throw new UnreadableFormError("This form has too many fields.");
  return { fields, files: new Map() };
}

/** The text itself, once every field in it is UTF-8. */
function checkedText(text: string): string {
  try {
    for (const part of text.split(/[&=]/)) decodeURIComponent(part.replaceAll("+", " "));
    return text;
  } catch {
    throw new UnreadableFormError("This form is not UTF-8.");
  }
}

async function readMultipart(exchange: Exchange, maxFileBytes: number): Promise<Form> {
  const { default: multer } = await import("multer");
  const limits = {
    fileSize: maxFileBytes,
    files: 4,
    fields: MAX_FIELDS,
    fieldSize: MAX_FORM_BYTES,
    fieldNameSize: 100,
    // No form of the pages has brackets in its names: a list as long as its highest index says
    // would cost as much as if it were full.
    fieldNestingDepth: 0,
    fieldArrayIndexLimit: 0,
  };
  const { req, res } = exchange;
  await new Promise<void>((resolve, reject) => {
    multer({ limits }).any()(req, res, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(new UnreadableFormError(reasonOf(error)));
    });
  });
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries((req.body ?? {}) as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each !== "string") throw new UnreadableFormError("This form can't be read.");
      fields.append(name, each);
    }
  }
  const uploads = (req as { files?: unknown }).files;
  const files = new Map<string, FormFile>();
  for (const { fieldname, originalname, buffer } of Array.isArray(uploads) ? uploads : []) {
    // An input without a chosen file sends one without a name.
    if (originalname !== "") files.set(fieldname, { fileName: originalname, bytes: buffer });
  }
  return { fields, files };
}

const reasonOf = (error: unknown): string =>
  (error as { code?: string }).code === "LIMIT_FILE_SIZE"
    ? "This file is too large."
    : "This form can't be read.";

/** A field's text; empty where it is missing. */
export const fieldOf = ({ fields }: Form, name: string): string => fields.get(name) ?? "";

/** A field's text without blanks around it. */
export const trimmedField = (form: Form, name: string): string => fieldOf(form, name).trim();

/** Whether a box was ticked. */
export const isTicked = ({ fields }: Form, name: string): boolean => fields.get(name) !== null;
