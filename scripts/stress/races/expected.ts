import type { Kind } from "./model.ts";
import type { Account } from "./setup.ts";

/** What users ask; the rest is done by others. */
export type Asked = Exclude<Kind, "delete" | "import" | "read">;

/** The request that an operation is. */
export function requestFor(kind: Asked, by: Account, other: Account) {
  const github = { authorization: `token ${by.token}` };
  const gitlab = { "private-token": by.token };
  const following = `/api/v3/user/following/${other.username}`;
  const blocks = `/api/v3/user/blocks/${other.username}`;
  switch (kind) {
    case "github follow":
      return { method: "PUT", path: following, headers: github };
    case "github unfollow":
      return { method: "DELETE", path: following, headers: github };
    case "gitlab follow":
      return { method: "POST", path: `/api/v4/users/${other.id}/follow`, headers: gitlab };
    case "gitlab unfollow":
      return { method: "POST", path: `/api/v4/users/${other.id}/unfollow`, headers: gitlab };
    case "block":
      return { method: "PUT", path: blocks, headers: github };
    case "unblock":
      return { method: "DELETE", path: blocks, headers: github };
    case "github check":
      return { method: "GET", path: following, headers: github };
  }
}
