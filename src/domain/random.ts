import { randomBytes, randomUUID } from "node:crypto";

/** The source of everything that must not be predictable. */
export interface Random {
  /** So many bytes. */
  bytes(count: number): Buffer;
  /** A UUID of version 4, as requests are named by. */
  uuid(): string;
}

export const cryptoRandom: Random = { bytes: randomBytes, uuid: () => randomUUID() };
