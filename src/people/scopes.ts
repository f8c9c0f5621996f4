export const SCOPES: ReadonlySet<string> = new Set(["user"]);
