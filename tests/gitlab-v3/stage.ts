import request from "supertest";
import { privateTokenOf } from "../../src/domain/credentials/private-tokens.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { User } from "../../src/domain/user.ts";
import { byUsername, getUserById } from "../../src/domain/users/users.ts";
import { eq } from "../../src/storage/drizzle.ts";
import type { WorldOptions } from "../support/server.ts";
import { stage as anyStage } from "../support/stage.ts";

export const BASE = "/api/v3";

export const UNAUTHORIZED = { message: "401 Unauthorized" };
export const FORBIDDEN = { message: "403 Forbidden" };

/** The keys of each shape, in the order of the wire. */
export const BASIC = ["name", "username", "id", "state", "avatar_url", "web_url"];
export const USER = [
  ...BASIC,
  ...["created_at", "is_admin", "bio", "location", "skype", "linkedin", "twitter", "website_url"],
  "organization",
];
export const FULL = [
  ...USER,
  ...["last_sign_in_at", "confirmed_at", "email", "theme_id", "color_scheme_id", "projects_limit"],
  ...["current_sign_in_at", "identities", "can_create_group", "can_create_project"],
  ...["two_factor_enabled", "external"],
];

/** The headers of pages that an answer has. */
export const pageHeadersIn = ({ headers }: { headers: Record<string, string> }) =>
  Object.keys(headers).filter((name) => /^(?:link|x-(?:total|page|per|next|prev)\b.*)$/.test(name));

export const usernames = ({ body }: { body: unknown }) =>
  (body as { username: string }[]).map(({ username }) => username);

/** One server for the tests of a describe block, which is emptied before each of them. */
export function stage(options: WorldOptions = {}) {
  const here = anyStage(BASE, options);
  const client = (token: string) => request.agent(here.api).set("PRIVATE-TOKEN", token);
  /** With an access token, of scope `api` if none is named. */
  const as = async (user: User, ...scopes: string[]) =>
    client(await here.world.token(user, ...(scopes.length === 0 ? ["api"] : scopes)));
  const privately = async ({ id }: User) => client(await privateTokenOf(here.store, id));
  return {
    get store() {
      return here.store;
    },
    get api() {
      return here.api;
    },
    get origin() {
      return here.world.url;
    },
    get log() {
      return here.world.log;
    },
    get anyone() {
      return request.agent(here.api);
    },
    user: (...user: Parameters<typeof here.user>) => here.user(...user),
    named: (username: string) => byUsername(here.store, username),
    token: (user: User, ...scopes: string[]) => here.world.token(user, ...scopes),
    issue: (wanted: tokens.NewToken) => tokens.issue(here.store, wanted),
    client,
    as,
    privately,
    /** Changes a user's row behind the program's back, and returns it. */
    async change({ id }: Pick<User, "id">, values: Partial<User>): Promise<User> {
      const { engine } = here.store;
      await engine.transaction(
        engine.query.update(engine.tables.users).set(values).where(eq(engine.tables.users.id, id)),
      );
      invalidate.everything(here.store);
      return getUserById(here.store, id);
    },
    /** The users of the contract, by their roles, and a client of each with a private token. */
    async cast() {
      const adminUser = await here.user("root", { admin: true });
      const ordinaryUser = await here.user("una", { name: "Una Öst" });
      const otherUser = await here.user("vera");
      const clients = {
        asAdmin: await privately(adminUser),
        asUser: await privately(ordinaryUser),
        asOther: await privately(otherUser),
      };
      return { adminUser, ordinaryUser, otherUser, ...clients };
    },
  };
}
