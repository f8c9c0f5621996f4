import { hash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";
import { readStandaloneScript } from "./standalone-script.ts";

export type Encoding = "br" | "gzip" | "identity";

/** The program that makes a page of documents. */
export interface Script {
  /** Changes with the content. */
  readonly hash: string;
  /** How many bytes that is; undefined before the first request for them. */
  length(encoding: Encoding): number | undefined;
  /** Its bytes in an encoding. Each is made once; what is not asked for is not kept. */
  in(encoding: Encoding): Promise<Buffer>;
}

/** A twentieth of the time that the best quality takes, for a twentieth more bytes. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * Said to Zod, which is in the script: without it, it tries whether it may make functions of texts
 * (https://zod.dev/api#jitless), and the page's policy reports that.
 */
const CAREFUL = "globalThis.__zod_globalConfig={jitless:true};\n";

/** Reads it; 4 MB, of which what was compressed is kept, and the rest once it was asked for. */
export async function readScript(): Promise<Script> {
  const whole = Buffer.from(CAREFUL + (await readStandaloneScript()));
  const brotli = await promisify(brotliCompress)(whole, BROTLI);
  let gzipped: Promise<Buffer> | undefined;
  const lengths = new Map<Encoding, number>([
    ["br", brotli.length],
    ["identity", whole.length],
  ]);
  let plain: Promise<Buffer> | undefined;
  // Unpacking is 36 ms of CPU, which no caller may have again and again; the bytes are 4 MB.
  const unpacked = () => {
    plain ??= promisify(brotliDecompress)(brotli);
    return plain;
  };
  return {
    hash: hash("sha256", whole).slice(0, 16),
    length: (encoding) => lengths.get(encoding),
    async in(encoding) {
      if (encoding === "br") return brotli;
      if (encoding === "identity") return unpacked();
      gzipped ??= unpacked().then((bytes) => promisify(gzip)(bytes));
      lengths.set("gzip", (await gzipped).length);
      return gzipped;
    },
  };
}
