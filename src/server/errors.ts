export { CommandError, UsageError } from "../command-error.ts";
