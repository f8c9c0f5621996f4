import type { Config } from "../../config/config.ts";
import { issue as issueLink } from "../../domain/credentials/email-links.ts";
import { defaultScopes } from "../../domain/credentials/scopes.ts";
import { issue } from "../../domain/credentials/tokens.ts";
import { byUsername } from "../../domain/users/users.ts";
import type { OpenData } from "../../server/data-directory.ts";
import { printInfo } from "../command.ts";

/** How to begin with a new database. The token is printed on a terminal only, not in a log. */
export async function welcome(
  { store, file }: OpenData,
  { data, pages }: Config,
  url: string,
  authority?: string,
) {
  if (!process.stderr.isTTY) {
    const program = process.env.npm_execpath === undefined ? "followd" : "npm run -s followd --";
    printInfo(
      `${file} is new; for a token of its administrator: ${program} token create root --data ${data}`,
    );
    return;
  }
  const { id } = await byUsername(store, "root");
  const name = "made by the first followd serve";
  const [token] = await issue(store, { userId: id, name, scopes: defaultScopes(true) });
  const resetLink = { userId: id, purpose: "reset_password", email: "root@localhost" } as const;
  const secret = pages ? await issueLink(store, resetLink) : undefined;
  const begin =
    secret === undefined
      ? ""
      : `Open this address in a browser to choose root's password and sign in; it works once:

  ${url}/login/new-password?token=${secret}

`;
  const curl = authority === undefined ? "curl" : `curl --cacert ${authority}`;
  printInfo(`
${file} is new.

${begin}This is the token of its administrator, root; it is shown only this once:

  ${token}

GitHub's dialect:

  ${curl} -H "Authorization: Bearer ${token}" ${url}/api/v3/user

GitLab's dialect:

  ${curl} -H "PRIVATE-TOKEN: ${token}" ${url}/api/v4/users/${id}/followers
`);
}
