import { hash } from "node:crypto";
import type { Random } from "../domain/random.ts";

/** What looks random, and is the same for the same word at every start: good for tests alone. */
export class SeededRandom implements Random {
  readonly #word: string;
  /** How much has been drawn; put back, the same comes again. */
  position = 0;

  constructor(word: string) {
    this.#word = word;
  }

  bytes(count: number): Buffer {
    const parts: Buffer[] = [];
    for (let have = 0; have < count; have += 32) parts.push(this.#draw());
    return Buffer.concat(parts).subarray(0, count);
  }

  uuid(): string {
    const bytes = this.bytes(16);
    // The version and the variant (RFC 9562, section 5.4).
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  #draw(): Buffer {
    this.position += 1;
    return hash("sha256", `${this.#word} ${this.position}`, "buffer");
  }
}
