import type { Picture } from "./avatars.ts";

/** By what is in a file; the types that it may be served as. */
const SERVED_AS: Readonly<Record<string, string>> = {
  "image/png": "image/png",
  "image/apng": "image/png",
  "image/jpeg": "image/jpeg",
  "image/gif": "image/gif",
  "image/bmp": "image/bmp",
  "image/tiff": "image/tiff",
  "image/x-icon": "image/x-icon",
  "image/webp": "image/webp",
};

/** The longest side of an image: larger ones may be made to exhaust the memory of the program that decodes them. */
const MAX_SIDE_PIXELS = 4096;

/** What some other program would take the file for: pages, scripts and documents, and archives. */
const OTHER_TEXTS = /<(?:!doctype|html|head|body|script|svg|iframe|\?php)|%pdf-/i;
const ARCHIVE_ENDS = ["PK\u0005\u0006", "Rar!\u001a"];

/** Undefined for what is none of the pictures that GitLab takes, under any name. */
async function mediaTypeOf(bytes: Buffer): Promise<string | undefined> {
  // Loaded with the first picture: a start would wait for it.
  const { fileTypeFromBuffer } = await import("file-type");
  const found = await fileTypeFromBuffer(bytes);
  return SERVED_AS[found?.mime ?? ""];
}

/** Whether it is a picture of a bearable size and nothing else besides. */
async function isPicture(bytes: Buffer): Promise<boolean> {
  const { width, height } = await sizeOf(bytes);
  const bearable = [width, height].every((side) => side >= 1 && side <= MAX_SIDE_PIXELS);
  return bearable && !isMore(bytes.toString("latin1"));
}

const isMore = (text: string): boolean =>
  OTHER_TEXTS.test(text) || ARCHIVE_ENDS.some((end) => text.includes(end));

async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { imageSize } = await import("image-size");
  try {
    return imageSize(bytes);
  } catch {
    // A file that breaks off or lies about itself.
    return { width: 0, height: 0 };
  }
}

const MAX_PICTURE_BYTES = 204_800;
const EXTENSION = /\.(?:png|jpe?g|gif|bmp|tiff|ico|webp)$/i;

const TOO_BIG = "is too big (should be at most 200 KiB)";
const UNSUPPORTED =
  "file format is not supported. Please try one of the following supported formats: " +
  "png, jpg, jpeg, gif, bmp, tiff, ico, webp";

/** The picture in an uploaded file, or GitLab's messages about it. */
export async function readPicture({
  fileName,
  bytes,
}: {
  fileName: string;
  bytes: Buffer;
}): Promise<Picture | string> {
  if (bytes.length > MAX_PICTURE_BYTES) return TOO_BIG;
  if (!EXTENSION.test(fileName)) return UNSUPPORTED;
  const mediaType = await mediaTypeOf(bytes);
  if (mediaType === undefined || !(await isPicture(bytes))) return UNSUPPORTED;
  return { fileName: safeName(fileName), mediaType, bytes };
}

/** A name that can stand in a path, as the vendor's library for uploads makes it. */
function safeName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? "";
  return base
    .replace(/[^A-Za-z0-9.+_-]/g, "_")
    .replace(/^\.+/, "_")
    .slice(-255);
}
