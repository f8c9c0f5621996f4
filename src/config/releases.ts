/** The releases of Enterprise Server whose differences src/github/versions.ts knows. */
export const GITHUB_RELEASES = Array.from({ length: 8 }, (_, index) => `3.${15 + index}`);

/** The releases of GitLab whose differences src/gitlab/versions.ts knows. */
export const GITLAB_RELEASES = [
  ...["17.6", "17.7", "17.8", "17.9", "17.10", "17.11", "18.0", "18.1", "18.2", "18.3", "18.4"],
  ...["18.5", "18.6", "18.7", "18.8", "18.9", "18.10", "18.11"],
];
