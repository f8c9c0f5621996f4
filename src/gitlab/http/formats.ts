/** A format at the end of a path; JSON is the only one that is spoken, others get an error. */
export const PATH_FORMAT = /\.(json|xml)\/?$/;
