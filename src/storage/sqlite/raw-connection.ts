type Value = number | string | null;

/** The little of a connection that loads many rows at once, or asks what no rule asks. */
export interface RawConnection {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: Value[]): { changes: number };
    get(...values: Value[]): unknown;
    iterate(...values: Value[]): IterableIterator<unknown>;
  };
}
