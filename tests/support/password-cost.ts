import crypto, { type Argon2Algorithm, type Argon2Parameters } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** What passwords cost where the product hashes them (src/domain/credentials/passwords.ts). */
const MEMORY_KIB = 19_456;
const PASSES = 2;
/** The least that argon2 takes. */
const LOW = { memory: 8, passes: 1 };

const { argon2 } = crypto;
let isLow = true;

/** The cost that was asked for, but the least one in place of the product's own. */
function withLowCost(
  algorithm: Argon2Algorithm,
  parameters: Argon2Parameters,
  callback: (error: Error | null, derivedKey: Buffer) => void,
): void {
  const isOurs = parameters.memory === MEMORY_KIB && parameters.passes === PASSES;
  argon2(algorithm, isOurs && isLow ? { ...parameters, ...LOW } : parameters, callback);
}

/**
 * Makes this process hash passwords at the least cost: at its own, some 900 of them take a twentieth
 * of the CPU of all tests. The product knows no such switch, and processes that tests start have the
 * real cost. Has to run before the product is loaded.
 */
export function lowerPasswordCost(): void {
  Object.assign(crypto, { argon2: withLowCost });
  syncBuiltinESMExports();
}

/** For tests of hashes themselves, and of those that another process made or reads. */
export function useRealPasswordCost(isReal: boolean): void {
  isLow = !isReal;
}
