import type { User } from "../../domain/user.ts";
import { getOwnAssociations, type UserAssociations } from "../../domain/users/user-associations.ts";
import { SerializedBody } from "../../http/handler.ts";
import type { Context } from "../http/context.ts";
import { asJson } from "../http/rails-json.ts";

/** What a user is shown of themself, with the facts that it was written from. */
class OwnBody<T> extends SerializedBody<T> {
  readonly facts: UserAssociations;

  constructor(text: Buffer | string, facts: UserAssociations) {
    super(text);
    this.facts = facts;
  }
}

/** The facts say what version it is: others are loaded as soon as they or the user's row change. */
const VERSION = "own";

/**
 * A user as they see themselves, written out once until that changes. `present` goes by the row, the
 * facts and the links alone, unless `isLasting` says no: then it is asked each time.
 */
export async function writeOwnBody<T>(
  { store, exchange, base }: Pick<Context, "store" | "exchange" | "base">,
  user: User,
  isLasting: boolean,
  present: (facts: UserAssociations) => T | Promise<T>,
): Promise<SerializedBody<T>> {
  const facts = await getOwnAssociations(store, user);
  const key = `${exchange.dialect} ${base.api} ${user.id}`;
  const cached = store.responses.page<OwnBody<T>>(key, VERSION);
  if (isLasting && cached?.facts === facts) return cached;
  const written = new OwnBody<T>(asJson(await present(facts)), facts);
  // Where nodes share a database each request reads its row anew, and so would never find this.
  const isShared = store.engine.changes.catchUp !== undefined;
  if (isLasting && !isShared) store.responses.setPage(key, VERSION, () => written);
  return written;
}
