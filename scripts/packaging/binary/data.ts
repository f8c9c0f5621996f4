// What a bundle has in place of texts of data that few requests need. As parts of the program they
// would be read at every start, 5 % of its CPU, and held for as long as it runs, 2 MB.
import { assetOf } from "./asset.ts";
import { DATA } from "./names.ts";

/** The value at a line of the file of data. */
export const dataAt = (line: number): unknown =>
  JSON.parse(String(assetOf(DATA)).split("\n")[line] ?? "");
