import { identicon } from "../../src/domain/profile/identicon.ts";

/** The smallest pictures of their kinds. */
export const PNG = identicon(1, 8);
export const GIF = Buffer.from(
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "base64",
);
export const JPEG = Buffer.from(
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==",
  "base64",
);
export const WEBP = Buffer.from(
  "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=",
  "base64",
);

/** 1 pixel, 24 bits. */
export const BMP = Buffer.concat([
  Buffer.from("BM"),
  numbers(4, 58, 0, 54, 40, 1, 1),
  Buffer.from([1, 0, 24, 0]),
  numbers(4, 0, 4, 0, 0, 0, 0, 0),
]);

export const ICO = Buffer.concat([
  Buffer.from([0, 0, 1, 0, 1, 0, 8, 8, 0, 0, 1, 0, 32, 0]),
  numbers(4, PNG.length, 22),
  PNG,
]);

export const TIFF = Buffer.concat([
  Buffer.from("II*\0"),
  numbers(4, 8),
  Buffer.from([2, 0]),
  entry(256, 1),
  entry(257, 1),
  numbers(4, 0),
]);

/** One that is a few bytes on the wire and gigabytes in memory. */
export function bomb(): Buffer {
  const bytes = Buffer.from(PNG);
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(30_000, 20);
  return bytes;
}

function numbers(size: number, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(size * values.length);
  for (const [place, value] of values.entries()) bytes.writeUIntLE(value, place * size, size);
  return bytes;
}

/** One field of a TIFF directory, a short number. */
function entry(tag: number, value: number): Buffer {
  return Buffer.concat([numbers(2, tag, 3), numbers(4, 1, value)]);
}
