import { randomBytes, randomUUID } from "node:crypto";

/** Where everything comes from that nobody may foresee. */
export interface Random {
  /** So many bytes. */
  bytes(count: number): Buffer;
  /** A UUID of version 4, as requests are named by. */
  uuid(): string;
}

export const cryptoRandom: Random = { bytes: randomBytes, uuid: () => randomUUID() };
