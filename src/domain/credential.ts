import type { Engine } from "../storage/engine.ts";
import type { User } from "./user.ts";

export type TokenRow = Engine["tables"]["tokens"]["$inferSelect"];

/** A verified token with its owner: who is calling, and what they may do. */
export interface Credential {
  readonly token: TokenRow;
  readonly user: Pick<
    User,
    "id" | "username" | "admin" | "state" | "type" | "confirmedAt" | "passwordExpiresAt"
  >;
  readonly scopes: ReadonlySet<string>;
  /** Null for a classic token; else `permission:level` words. */
  readonly permissions: ReadonlySet<string> | null;
}
