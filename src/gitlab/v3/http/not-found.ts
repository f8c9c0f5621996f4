import { DomainError } from "../../../domain/errors.ts";
import { noRecord } from "../../http/api-error.ts";

/** What is looked up; undefined where it is not there. */
export async function found<T>(lookup: Promise<T>): Promise<T | undefined> {
  try {
    return await lookup;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** What is looked up where the vendor names no thing that is missing. */
export async function recorded<T>(lookup: Promise<T>): Promise<T> {
  const record = await found(lookup);
  if (record === undefined) throw noRecord();
  return record;
}
