import { actingStore, recordImpersonation } from "../activity/audit-log.ts";
import type { Actor } from "../actor.ts";
import type { Credential } from "../credential.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { getUserById } from "../users/users.ts";
import { isImpersonation } from "./token-queries.ts";

/** What the audit log records of a request. */
interface ActingRequest extends Pick<Actor, "via" | "address" | "requestId" | "operation"> {
  readonly method: string;
  readonly caller: Credential | undefined;
  /** The user that the caller impersonates. */
  readonly viewer?: Pick<User, "id" | "username"> | undefined;
}

const isReading = (method: string): boolean =>
  method === "GET" || method === "HEAD" || method === "OPTIONS";

/**
 * Whether a request may have to be put down to its caller: what only reads, for its caller or
 * for an anonymous one, need not be.
 */
export const isActing = (method: string, caller: Credential | undefined): boolean =>
  !isReading(method) || (caller !== undefined && isImpersonation(caller.token));

/**
 * The store for a request whose changes have to be put down to its caller. Requests that only read
 * for themselves get the store as it is. Reading in another's name is written down here.
 */
export async function storeFor(store: Store, request: ActingRequest): Promise<Store> {
  const { caller, viewer, method, ...rest } = request;
  const standsIn = caller !== undefined && viewer !== undefined && viewer.id !== caller.user.id;
  const impersonates = caller !== undefined && isImpersonation(caller.token);
  if (isReading(method) && !standsIn && !impersonates) return store;
  const acting = actingStore(store, {
    ...rest,
    ...(impersonates ? await maker(store, caller) : caller?.user),
    onBehalfOf: standsIn ? viewer : impersonates ? caller.user : undefined,
    tokenId: caller?.token.id,
  });
  if (isReading(method)) await recordImpersonation(acting);
  return acting;
}

/** The administrator who made a token with which to act as its owner. */
async function maker(
  store: Store,
  { token: { createdById } }: Credential,
): Promise<Pick<Actor, "id" | "username">> {
  if (createdById === null) return {};
  const made = await getUserById(store, createdById).catch(() => undefined);
  return { id: createdById, username: made?.username };
}
