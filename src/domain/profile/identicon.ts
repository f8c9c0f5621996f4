import { hash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const GROUND = [240, 240, 240];
const CELLS = 5;
const MIDDLE = 2;
/** One bit for each pixel, which is a place in the palette. */
const INDEXED_ONE_BIT = [1, 3, 0, 0, 0];

export const IDENTICON_SIZES = { least: 8, most: 460 };

/** A square picture, as PNG, that an id always gets and hardly shares with another one. */
export function identicon(id: number, size: number): Buffer {
  const digest = hash("sha256", String(id), "buffer");
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", Buffer.from([...bytesOf(size), ...bytesOf(size), ...INDEXED_ONE_BIT])),
    chunk("PLTE", Buffer.from([...GROUND, ...colourOf(digest)])),
    chunk("IDAT", deflateSync(pixels(digest, size))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function bytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  return Buffer.concat([bytesOf(data.length), named, bytesOf(crc32(named))]);
}

/** Any hue, neither pale nor dark, from the end of the digest; the cells are at its beginning. */
function colourOf(digest: Buffer): number[] {
  const hue = (digest.readUInt16BE(28) / 65_536) * 12;
  const saturation = 0.45 + (digest.readUInt8(30) / 255) * 0.2;
  const lightness = 0.5 + (digest.readUInt8(31) / 255) * 0.2;
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((turn) => {
    const at = (turn + hue) % 12;
    const level = lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(level * 255);
  });
}

/** The pixels, row by row; each row begins with its PNG filter type, none. */
function pixels(digest: Buffer, size: number): Buffer {
  const bands = Array.from({ length: size }, (_, pixel) => bandOf(pixel, size));
  const ground = Buffer.alloc(1 + Math.ceil(size / 8));
  const rows = Array.from({ length: CELLS }, (_, row) => {
    const filled = Buffer.from(ground);
    for (const [x, column] of bands.entries()) {
      if (column === undefined || !isFilled(digest, column, row)) continue;
      const at = 1 + (x >> 3);
      filled.writeUInt8(filled.readUInt8(at) | (0x80 >> (x & 7)), at);
    }
    return filled;
  });
  return Buffer.concat(bands.map((row) => (row === undefined ? ground : (rows[row] ?? ground))));
}

/**
 * The row or column of cells that a pixel is in, if any. The middle one is a pixel wider where that
 * makes both sides alike.
 */
function bandOf(pixel: number, size: number): number | undefined {
  const cell = Math.floor(size / (CELLS + 1));
  const margin = Math.floor((size - CELLS * cell) / 2);
  const mirrored = Math.min(pixel, size - 1 - pixel);
  if (mirrored < margin) return undefined;
  const band = Math.min(MIDDLE, Math.floor((mirrored - margin) / cell));
  return pixel === mirrored ? band : CELLS - 1 - band;
}

function isFilled(digest: Buffer, column: number, row: number): boolean {
  const half = Math.min(column, CELLS - 1 - column);
  return digest.readUInt8(row * (MIDDLE + 1) + half) % 2 === 1;
}
