/** Letters, digits and `_ - .`, as both vendors' names together need; case does not matter. */
const USERNAME = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}$/;

/** Whether somebody may be called so. */
export const isUsername = (text: string): boolean => USERNAME.test(text);
