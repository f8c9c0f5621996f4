import { DomainError, type Kind } from "../../domain/errors.ts";
import { type FieldMessages, invalid } from "./api-error.ts";

export const BLANK_MESSAGES: readonly string[] = ["can't be blank"];
export const TAKEN_MESSAGES: readonly string[] = ["has already been taken"];

/** What a rule refuses, as errors of GitLab's models: by field. */
export async function modelError<T>(
  deed: Promise<T>,
  sayings: Partial<Record<Kind, FieldMessages>>,
): Promise<T> {
  try {
    return await deed;
  } catch (error) {
    const fields = error instanceof DomainError ? sayings[error.kind] : undefined;
    throw fields === undefined ? error : invalid(fields);
  }
}

/** Refuses when a field has something wrong with it; fields without a message are fine. */
export function checkModel(fields: FieldMessages): void {
  const wrong = Object.entries(fields).filter(([, messages]) => messages.length > 0);
  if (wrong.length > 0) throw invalid(Object.fromEntries(wrong));
}

/** What a model says of a text that has to be there and may only be so long. */
export function textMessages(text: string, longest = Number.POSITIVE_INFINITY): readonly string[] {
  if (text.trim() === "") return BLANK_MESSAGES;
  return text.length > longest ? [`is too long (maximum is ${longest} characters)`] : [];
}
