// What the parts of a bundle are called, beside one another or inside an executable.

/** The program as CommonJS. */
export const PROGRAM = "program.cjs";

/** What V8 made of it; another node's V8 can't use it. */
export const COMPILED = `program.${process.version}.cache`;

/** The script of the reference page. */
export const REFERENCE = "reference.js";

/** What the program loads when it is asked for, a JSON value a line. */
export const DATA = "data.ndjson";
