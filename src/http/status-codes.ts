/**
 * The usual reason of each status. Not by `import`: that reads every export of node:http, and some
 * load all that node's fetch is made of, which is a tenth of a start.
 */
export const { STATUS_CODES } = process.getBuiltinModule("node:http");
