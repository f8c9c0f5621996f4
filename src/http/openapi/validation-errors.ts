/**
 * The errors with which the validator refuses a request, from where it makes them: its main module
 * takes a third of a start to load, and is loaded with the first request.
 */
export {
  BadRequest,
  Unauthorized,
  UnsupportedMediaType,
} from "express-openapi-validator/dist/framework/types.js";
