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

/** The validator; whoever needs it loads this file then, as it is a third of a start. */
export const middleware = whole;
