/** A format at the end of a path; JSON is the only one that is spoken, XML is told so. */
export const PATH_FORMAT = /\.(json|xml)\/?$/;
