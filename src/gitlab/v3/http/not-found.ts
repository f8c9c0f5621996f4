import { DomainError } from "../../../domain/errors.ts";
import { noRecord } from "../../http/api-error.ts";

/** What is looked up; undefined where it is not there. */
export async function undefinedIfMissing<T>(lookup: Promise<T>): Promise<T | undefined> {
  try {
    return await lookup;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** What is looked up where the vendor names no thing that is missing. */
export async function requireRecord<T>(lookup: Promise<T>): Promise<T> {
  const record = await undefinedIfMissing(lookup);
  if (record === undefined) throw noRecord();
  return record;
}
