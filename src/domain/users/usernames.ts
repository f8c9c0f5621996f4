/** Letters, digits and `_ - .`, as both vendors' names together need; case does not matter. */
const USERNAME = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}$/;

/** Whether a text can be a username. */
export const isUsername = (text: string): boolean => USERNAME.test(text);

/**
 * First segments of paths, at which a profile of that name could not be reached: GitLab's own list
 * (https://docs.gitlab.com/user/reserved_names), and what stands at the root of this server.
 */
const RESERVED = new Set(
  `- .well-known 404.html 422.html 500.html 502.html 503.html admin api apple-touch-icon.png assets
  dashboard deploy.html explore favicon.ico favicon.png files groups health_check help import jwt
  login oauth profile projects public robots.txt s search sitemap sitemap.xml sitemap.xml.gz
  slash-command-logo.png snippets unsubscribes uploads users v2
  audit_events avatar avatars enterprise enterprises events gists gpg_keys graphql keys logout meta metadata openapi
  personal_access_tokens rate_limit runners service_accounts session settings status user user_counts version
  versions zen`.split(/\s+/),
);
/** `/mona.keys` is a file about mona. */
const RESERVED_ENDING = /\.(?:keys|gpg|png)$/i;

/** Whether a new user can't have a name because a path of the server has it. Users keep theirs. */
export const isReservedUsername = (text: string): boolean =>
  RESERVED.has(text.toLowerCase()) || RESERVED_ENDING.test(text);
