import { undefinedIfMissing } from "../../../domain/errors.ts";
import { noRecord } from "../../http/api-error.ts";

/** What is looked up where the vendor names no thing that is missing. */
export async function requireRecord<T>(lookup: Promise<T>): Promise<T> {
  const record = await undefinedIfMissing(lookup);
  if (record === undefined) throw noRecord();
  return record;
}
