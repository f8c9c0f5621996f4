import type { User } from "../user.ts";

export type State = User["state"];
export type Transition =
  | "block"
  | "unblock"
  | "deactivate"
  | "activate"
  | "ban"
  | "unban"
  | "approve"
  | "reject";

/** Why a transition is refused; each dialect has its own words for it. */
export type TransitionRefusal =
  | "blocked"
  | "deactivated"
  | "internal"
  | "ldap"
  | "not-pending"
  | "recently-active"
  | "self"
  | "wrong-state";

/** What a transition did: done, done before, nothing to undo, or refused. */
export type Outcome = "done" | "already" | "nothing" | { readonly refused: TransitionRefusal };
type Cell = Outcome | { readonly to: State | "removed" };

const to = (state: State | "removed"): Cell => ({ to: state });
const refused = (obstacle: TransitionRefusal): Cell => ({ refused: obstacle });

const NOT_PENDING = { approve: refused("not-pending"), reject: refused("not-pending") };
const NO_BAN = { ban: refused("wrong-state"), unban: refused("wrong-state") };

/** A user who is blocked can neither be deactivated nor activated. */
const SHUT = { deactivate: refused("blocked"), activate: refused("blocked") };
const BLOCKED = { block: "already", unblock: to("active") } as const;

/** What each transition makes of each state: GitLab's whole table. */
export const TRANSITIONS: Readonly<Record<State, Readonly<Record<Transition, Cell>>>> = {
  active: {
    ...{ block: to("blocked"), unblock: "nothing" },
    ...{ deactivate: to("deactivated"), activate: "done" },
    ...{ ban: to("banned"), unban: refused("wrong-state") },
    ...NOT_PENDING,
  },
  blocked: { ...BLOCKED, ...SHUT, ...NO_BAN, ...NOT_PENDING },
  ldap_blocked: {
    ...{ block: refused("ldap"), unblock: refused("ldap") },
    ...SHUT,
    ...NO_BAN,
    ...NOT_PENDING,
  },
  deactivated: {
    ...{ block: to("blocked"), unblock: refused("deactivated") },
    ...{ deactivate: "already", activate: to("active") },
    ...NO_BAN,
    ...NOT_PENDING,
  },
  banned: { ...BLOCKED, ...SHUT, ...NO_BAN, unban: to("active"), ...NOT_PENDING },
  blocked_pending_approval: {
    ...BLOCKED,
    ...SHUT,
    ...NO_BAN,
    ...{ approve: to("active"), reject: to("removed") },
  },
};

export const DORMANT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;
type Guard = readonly [
  TransitionRefusal,
  (user: User, actor: Pick<User, "id">, now: number) => boolean,
];
const INTERNAL: Guard = ["internal", ({ type }) => type === "internal"];

/** What may forbid a transition that the table allows. */
export const GUARDS: Partial<Record<Transition, readonly Guard[]>> = {
  block: [["self", (user, actor) => user.id === actor.id], INTERNAL],
  deactivate: [INTERNAL, ["recently-active", (user, _, now) => !isDormant(user, now)]],
};

/** Whether a user was inactive for long; a user without any activity counts. */
const isDormant = ({ lastActivityOn, currentSignInAt }: User, now: number): boolean =>
  Math.max(Date.parse(lastActivityOn ?? "1970-01-01"), currentSignInAt ?? 0) <=
  now - DORMANT_DAYS * DAY_MS;
