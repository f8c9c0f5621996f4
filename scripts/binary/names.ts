/** What the script of the reference page is called, inside an executable or beside a bundle. */
export const REFERENCE = "reference.js";
