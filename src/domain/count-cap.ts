/** Counting stops here: GitLab sends no totals for more than 10,000 rows. */
export const COUNT_CAP = 10_001;
