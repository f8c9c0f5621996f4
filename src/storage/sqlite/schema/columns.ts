import { integer, text } from "../../drizzle.ts";

// Times are milliseconds since 1970 where a vendor shows them to the millisecond, else seconds;
// the name says which by its type below. Empty strings, not nulls, stand for unset profile text.
export const milliseconds = (name: string) => integer(name);
export const flag = (name: string) => integer(name, { mode: "boolean" });
export const profileText = (name: string) => text(name).notNull().default("");
