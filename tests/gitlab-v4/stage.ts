import { gitlabStage } from "../support/gitlab-stage.ts";
import type { WorldOptions } from "../support/server.ts";

export { usernames } from "../support/gitlab-stage.ts";

export const BASE = "/api/v4";

/** The keys of a list's rows, where the rest of GitLab's answers add to them. */
export const BASIC = ["id", "username", "name", "state", "locked", "avatar_url", "web_url"];

export const ids = ({ body }: { body: unknown }) => (body as { id: number }[]).map(({ id }) => id);

/** One server for the tests of a describe block, which is emptied before each of them. */
export function stage(options?: WorldOptions) {
  const here = gitlabStage(BASE, options);
  /** The users of the contract, by their roles, and a client of each with a token. */
  const cast = async () => {
    const adminUser = await here.user("root", { admin: true });
    const ordinaryUser = await here.user("una");
    const otherUser = await here.user("vera");
    const privateUser = await here.change(await here.user("petra"), { privateProfile: true });
    const clients = {
      asAdmin: await here.as(adminUser, "api", "sudo"),
      asUser: await here.as(ordinaryUser),
      asOther: await here.as(otherUser),
      asPrivate: await here.as(privateUser),
    };
    return { adminUser, ordinaryUser, otherUser, privateUser, ...clients };
  };
  return Object.assign(here, { cast });
}
