import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { IDENTICON_SIZES, identicon } from "../../../src/domain/profile/identicon.ts";

interface Chunk {
  name: string;
  data: Buffer;
}

/** The chunks of a PNG, each held against its checksum. */
function chunksOf(png: Buffer): Chunk[] {
  expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    chunks.push({
      name: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, end),
    });
    at = end + 4;
  }
  return chunks;
}

/** The picture as rows of pixels, each a place in the palette. */
function pixelsOf(png: Buffer, size: number): number[][] {
  const [, , packed] = chunksOf(png);
  const bytes = inflateSync(packed?.data ?? Buffer.alloc(0));
  const width = 1 + Math.ceil(size / 8);
  expect(bytes.length).toBe(size * width);
  const rows = Array.from({ length: size }, (_, y) => bytes.subarray(y * width, (y + 1) * width));
  expect(rows.every(([filter]) => filter === 0)).toBe(true);
  return rows.map((row) =>
    Array.from({ length: size }, (_, x) => ((row[1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1),
  );
}

const isMirrored = (row: number[]) => row.join("") === [...row].reverse().join("");

const sizes = [IDENTICON_SIZES.least, 9, 10, 11, 16, 20, 40, 61, 80, 99, 420, IDENTICON_SIZES.most];

describe("identicon", () => {
  it.each(sizes)("is a PNG of %d pixels with two colours", (size) => {
    const chunks = chunksOf(identicon(1, size));
    expect(chunks.map(({ name }) => name)).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    const [header, palette] = chunks;
    expect(header?.data.readUInt32BE(0)).toBe(size);
    expect(header?.data.readUInt32BE(4)).toBe(size);
    expect(header?.data.subarray(8).toJSON().data).toEqual([1, 3, 0, 0, 0]);
    expect(palette?.data.subarray(0, 3).toJSON().data).toEqual([240, 240, 240]);
    expect(palette?.data.length).toBe(6);
  });

  it.each(sizes)("is the same from left and right at %d pixels, and has a margin", (size) => {
    for (const id of [1, 2, 3, 4, 5]) {
      const rows = pixelsOf(identicon(id, size), size);
      expect(rows.every(isMirrored)).toBe(true);
      expect(rows[0]?.includes(1)).toBe(false);
      expect(rows.at(-1)?.includes(1)).toBe(false);
      expect(rows.some((row) => row.includes(1))).toBe(true);
    }
  });

  it("shows the same cells at every size", () => {
    const cells = (size: number) => {
      const rows = pixelsOf(identicon(7, size), size);
      const places = [0, 1, 2, 3, 4].map((cell) => Math.floor(((cell + 1) * size) / 6));
      return places.map((y) => places.map((x) => rows[y]?.[x]));
    };
    expect(cells(60)).toEqual(cells(420));
  });

  it("never changes for an id", () => {
    expect(identicon(42, 80)).toEqual(identicon(42, 80));
  });

  it("differs from one id to the next", () => {
    const pictures = Array.from({ length: 1000 }, (_, id) => identicon(id, 20).toString("hex"));
    expect(new Set(pictures).size).toBe(1000);
  });

  it("has colours that stand out from the ground", () => {
    for (let id = 0; id < 500; id += 1) {
      const palette = chunksOf(identicon(id, 8))[1]?.data ?? Buffer.alloc(6);
      const [red = 0, green = 0, blue = 0] = palette.subarray(3);
      expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeGreaterThan(60);
    }
  });

  it("draws the largest in few bytes", () => {
    expect(identicon(1, IDENTICON_SIZES.most).length).toBeLessThan(400);
  });
});
