import { isSoleOwner } from "../../domain/activity/memberships.ts";
import { endSessions } from "../../domain/credentials/sessions.ts";
import { disable } from "../../domain/credentials/two-factor.ts";
import type { User } from "../../domain/user.ts";
import { apply } from "../../domain/users/account-states.ts";
import { deleteAccount, updateAccount } from "../../domain/users/accounts.ts";
import { deleteKeepingEvents } from "../../domain/users/ghost-user.ts";
import { listUsersAfter, listUsersByPage } from "../../domain/users/search/list-users.ts";
import { searchFrom } from "../../domain/users/search/search-query.ts";
import type { UserFilters } from "../../domain/users/search/user-filters.ts";
import type { CursorPosition, Order } from "../../domain/users/search/user-ordering.ts";
import type { Transition, TransitionRefusal } from "../../domain/users/state-machine.ts";
import { getAssociations } from "../../domain/users/user-associations.ts";
import { countUsers } from "../../domain/users/user-statistics.ts";
import { byUsername, getUserById, manyById } from "../../domain/users/users.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { fieldOf } from "../http/forms.ts";
import { ACTIONS, type ActionName, confirmView } from "../views/admin-actions.ts";
import { adminUsersView, SORTS, TABS } from "../views/admin-users.ts";
import { pageNumber } from "./profile.ts";

const PAGE_SIZE = 50;
const MAX_SELECTED = 500;
/** Best matches come by number, as they have no place to go on after. */
const MAX_SEARCH_PAGES = 200;

/** What each tab of the users' table shows. */
const FILTERS: Readonly<Record<string, UserFilters>> = {
  active: { active: true },
  admins: { admins: true },
  two_factor_enabled: { twoFactor: true },
  two_factor_disabled: { twoFactor: false },
  external: { external: true },
  blocked: { blocked: true },
  banned: { state: "banned" },
  blocked_pending_approval: { state: "blocked_pending_approval" },
  deactivated: { state: "deactivated" },
  bots: { excludeHumans: true },
  all: {},
};

const ORDERS: Readonly<Record<string, Order>> = {
  name_asc: { by: "name", descending: false },
  username_asc: { by: "username", descending: false },
  created_desc: { by: "id", descending: true },
  created_asc: { by: "id", descending: false },
  updated_desc: { by: "updated_at", descending: true },
};

/** A place in the table, as links have it. */
const cursorText = ({ value, id }: CursorPosition): string =>
  Buffer.from(JSON.stringify([value, id])).toString("base64url");

function parseCursor(text: string | null, order: Order): CursorPosition | undefined {
  if (text === null || text.length > 1000) return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    const kind = order.by === "id" || order.by === "updated_at" ? "number" : "string";
    if (typeof value !== kind || typeof id !== "number") return undefined;
    return { value: value as string | number, id };
  } catch {
    return undefined;
  }
}

export const showUsers: PageHandler = async ({ query }, context): Promise<PageReply> => {
  const { store } = context;
  const filter = TABS.some(([name]) => name === query.get("filter"))
    ? (query.get("filter") ?? "")
    : "active";
  const sort = SORTS.some(([name]) => name === query.get("sort")) ? (query.get("sort") ?? "") : "";
  const text = (query.get("search") ?? "").slice(0, 255);
  const search = searchFrom(text);
  const filters = FILTERS[filter] ?? {};
  const order = ORDERS[sort] ?? ORDERS.created_desc;
  const page = Math.min(pageNumber(query.get("page")), MAX_SEARCH_PAGES);
  let ids: readonly number[];
  let next: Record<string, string> | undefined;
  if (search !== undefined && sort === "") {
    const part = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE + 1 };
    ({ ids } = await listUsersByPage(store, { filters, search, byPrivateEmail: true }, part));
    if (ids.length > PAGE_SIZE) next = { page: String(page + 1) };
  } else {
    const after = parseCursor(query.get("after"), order as Order);
    const userQuery = { filters, search, byPrivateEmail: true, order };
    const rows = await listUsersAfter(store, userQuery, after, PAGE_SIZE + 1);
    ids = rows.map(({ id }) => id);
    const last = rows[PAGE_SIZE - 1];
    if (rows.length > PAGE_SIZE && last !== undefined) next = { after: cursorText(last) };
  }
  const users = await manyById(store, ids.slice(0, PAGE_SIZE));
  return {
    html: adminUsersView(context, {
      ...{ filter, sort, text, users, next },
      isFirst: query.get("after") === null && page === 1,
      counts: await countUsers(store),
      facts: await getAssociations(store, users, undefined),
    }),
  };
};

const REFUSALS: Readonly<Record<TransitionRefusal, string>> = {
  blocked: "is blocked; unblock them first",
  deactivated: "is deactivated; activate them first",
  internal: "is an internal user, which can't be shut out",
  ldap: "is blocked by LDAP, and only LDAP can change that",
  "not-pending": "does not wait for approval",
  "recently-active": "was active in the past 90 days, and so can't be deactivated",
  self: "is you",
  "wrong-state": "is in a state from which that is not possible",
};

const TRANSITIONS: ReadonlySet<string> = new Set<Transition & ActionName>([
  ...(["approve", "reject", "block", "unblock"] as const),
  ...(["ban", "unban", "deactivate", "activate"] as const),
]);

const isTransition = (action: ActionName): action is Transition & ActionName =>
  TRANSITIONS.has(action);

/** Does what an administrator asks for; what stands in its way, in words, or undefined. */
async function perform(
  context: PageContext,
  user: User,
  action: ActionName,
): Promise<string | undefined> {
  const { store } = context;
  const admin = viewerOf(context);
  if (user.id === admin.id && ACTIONS[action].isForOthers) return "is you";
  if (isTransition(action)) {
    const outcome = await apply(store, admin, user, action);
    if (typeof outcome === "object") return REFUSALS[outcome.refused];
    return undefined;
  }
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest are transitions
  switch (action) {
    case "unlock":
      await updateAccount(store, user.id, { lockedAt: null, failedAttempts: 0 });
      return undefined;
    case "make-admin":
      await updateAccount(store, user.id, { admin: true });
      return undefined;
    case "remove-admin":
      await updateAccount(store, user.id, { admin: false });
      return undefined;
    case "confirm":
      await updateAccount(store, user.id, { confirmedAt: store.clock() });
      return undefined;
    case "disable-two-factor":
      await disable(store, user.id);
      return undefined;
    case "end-sessions":
      await endSessions(store, user.id);
      return undefined;
    case "delete":
      if (await isSoleOwner(store, user.id)) {
        return "is the sole owner of a group; delete them with everything that is theirs instead";
      }
      await deleteKeepingEvents(store, user.id);
      return undefined;
    case "delete-everything":
      await deleteAccount(store, user.id);
      return undefined;
    default:
      throw new Error("The action is a transition.");
  }
}

const actionOf = (text: string | undefined): ActionName | undefined =>
  text !== undefined && Object.hasOwn(ACTIONS, text) ? (text as ActionName) : undefined;

/** The page that describes a change and asks for confirmation. */
export const askForAction: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const action = actionOf(path.action);
  if (action === undefined) return { redirect: `/admin/users/${path.username}` };
  const user = await byUsername(context.store, path.username ?? "");
  return { html: confirmView(context, [user], action) };
};

export const performAction: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const user = await byUsername(context.store, path.username ?? "");
  const action = actionOf(path.action);
  const back = `/admin/users/${user.username}`;
  if (action === undefined) return { redirect: back };
  const refused = await perform(context, user, action);
  if (refused !== undefined)
    return { redirect: back, notice: `Nothing was done: ${user.username} ${refused}.` };
  const isGone = action === "delete" || action === "delete-everything" || action === "reject";
  return {
    redirect: isGone ? "/admin/users" : back,
    notice: `${ACTIONS[action].label}: done for ${user.username}.`,
  };
};

/** Several rows at once: asked for first, then done one by one. */
export const performBulk: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const ids = form.fields.getAll("user").map(Number).filter(Number.isSafeInteger);
  const action = actionOf(fieldOf(form, "action"));
  if (ids.length === 0 || action === undefined) {
    return { redirect: "/admin/users", notice: "Choose users, and what is to be done with them." };
  }
  const users = await manyById(store, ids.slice(0, MAX_SELECTED));
  if (fieldOf(form, "confirmed") !== "1") return { html: confirmView(context, users, action) };
  const refused: string[] = [];
  let done = 0;
  for (const { id } of users) {
    const user = await getUserById(store, id).catch(() => undefined);
    if (user === undefined) continue;
    const why = await perform(context, user, action);
    if (why === undefined) {
      done += 1;
    } else refused.push(`${user.username} ${why}`);
  }
  const rest =
    refused.length === 0
      ? ""
      : ` Not for ${refused.slice(0, 5).join("; ")}${refused.length > 5 ? ` and ${refused.length - 5} more` : ""}.`;
  return { redirect: "/admin/users", notice: `${ACTIONS[action].label}: done for ${done}.${rest}` };
};
