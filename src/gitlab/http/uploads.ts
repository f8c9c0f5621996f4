import type { Picture } from "../../domain/profile/avatars.ts";
import { readPicture } from "../../domain/profile/image-files.ts";

/** A file that came with the request, in place of a parameter's value. */
export interface Upload {
  readonly fileName: string;
  /** Not all of a file that is longer than anything is taken for. */
  readonly bytes: Buffer;
}

export function uploads(found: Express.Request["files"]): Record<string, Upload> {
  const list = Array.isArray(found) ? found : [];
  return Object.fromEntries(
    list.map((file) => [
      file.fieldname,
      { fileName: file.originalname, bytes: file.buffer } satisfies Upload,
    ]),
  );
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === "object" && value !== null && "bytes" in value && Buffer.isBuffer(value.bytes);

/** The picture that came with a request, or what is wrong with it; undefined where none came. */
export async function pictureIn({
  uploads,
}: {
  uploads: ReadonlyMap<string, Upload>;
}): Promise<Picture | string | undefined> {
  const upload = uploads.get("avatar");
  return upload === undefined ? undefined : readPicture(upload);
}
