import { parse } from "node:url";
import { middleware as whole } from "express-openapi-validator";
import schemaValidator from "express-openapi-validator/dist/framework/openapi.schema.validator.js";

/**
 * The validator compiles the schema of OpenAPI itself with each document, even where it is told not
 * to hold the document against it, and that takes longer than all the rest of a start. Our documents
 * are checked when they are made, so where nothing is to be checked nothing is compiled.
 */
const { OpenAPISchemaValidator } = schemaValidator;
function schemaValidatorWhereAsked(options: { version: string; validateApiSpec: boolean }) {
  return options.validateApiSpec ? new OpenAPISchemaValidator(options) : { validate: undefined };
}
schemaValidator.OpenAPISchemaValidator = schemaValidatorWhereAsked as never;

/**
 * The validator has `url.parse` read every request's address. Until Node has warned of that
 * function once, each call of it looks through the stack for whether a dependency is asking, which
 * takes longer than the reading; so it is called here, with the warning silenced.
 */
const noDeprecation = process.noDeprecation ?? false;
process.noDeprecation = true;
parse("");
process.noDeprecation = noDeprecation;

/** The validator. This file is loaded on first use, as it is a third of a start. */
export const middleware = whole;
