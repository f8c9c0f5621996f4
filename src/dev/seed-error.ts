/** A part of a seed that can't be: where it stands, and why. */
export class SeedError extends Error {
  override name = "SeedError";
  /** For example `["follows", 3, 1]`. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}
