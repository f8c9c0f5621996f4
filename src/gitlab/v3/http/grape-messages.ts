import { fixedError } from "../../http/api-error.ts";
import { declarationOf } from "../../http/declared-parameters.ts";
import { type Complain, complaints } from "../../http/render-error.ts";

/** Where Ruby says that nothing is present. */
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/**
 * This version looks at one required parameter after the other and stops at the first that is not
 * given; all other faults of parameters it says as the fourth does.
 */
export const complain: Complain = (context, operation, problems) => {
  const missing = declarationOf(operation).all.find(
    ({ name }) =>
      isBlank(context.parameters[name]) && problems.some(({ path }) => path === `/body/${name}`),
  );
  if (missing === undefined) return complaints(context, operation, problems);
  return fixedError(400, `400 (Bad request) "${missing.name}" not given`);
};
