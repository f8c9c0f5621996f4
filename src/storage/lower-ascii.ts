/** A text as `lower` of both engines has it, which knows capitals of ASCII alone. */
export const lowerAscii = (text: string): string =>
  text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
