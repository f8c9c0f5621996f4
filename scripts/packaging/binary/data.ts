// What a bundle has in place of texts of data that few requests need. As parts of the program they
// would be read at every start, up to 5 % of its CPU, and be held for as long as it runs.
import { assetOf } from "./asset.ts";
import { DATA } from "./names.ts";

/** The value at a line of the file of data. */
export const dataAt = (line: number): unknown =>
  JSON.parse(String(assetOf(DATA)).split("\n")[line] ?? "");
