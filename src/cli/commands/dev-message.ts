import type { Origin } from "../../dev/world-template.ts";

/** The server's address and its tokens, for programs. */
export const startSummary = (
  { tokens, randomSeed, config }: Origin,
  url: string,
  authority: string | undefined,
) => ({
  url,
  random_seed: randomSeed,
  ...(config.controlToken === undefined ? {} : { control_token: config.controlToken }),
  ...(authority === undefined ? {} : { certificate_authority: authority }),
  tokens: tokens.map(({ username, id, scopes, token }) => ({ username, id, scopes, token })),
});

/** The address and the tokens for people: ready to be pasted, and how each dialect takes one. */
export function tokenLines(
  { tokens, config: { controlToken } }: Origin,
  url: string,
  authority: string | undefined,
): string {
  const curl = authority === undefined ? "curl" : `curl --cacert ${authority}`;
  const controls = controlToken === undefined ? "" : `-H "Authorization: Bearer ${controlToken}" `;
  const widest = Math.max(0, ...tokens.map(({ username }) => username.length));
  const rows = tokens.map(({ username, token }) => `  ${username.padEnd(widest)}  ${token}`);
  const [first] = tokens.filter(({ username }) => username !== "root").concat(tokens);
  if (first === undefined) return `\nNo user has a token; POST ${url}/-/dev/tokens gives one.\n`;
  return `
${rows.join("\n")}

GitHub's dialect, as ${first.username}:

  ${curl} -H "Authorization: Bearer ${first.token}" ${url}/api/v3/user/followers

GitLab's dialect:

  ${curl} -H "PRIVATE-TOKEN: ${first.token}" ${url}/api/v4/users/${first.id}/followers

The controls:

  ${curl} ${controls}-X POST ${url}/-/dev/reset
`;
}
