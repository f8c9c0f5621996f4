import { declareTables } from "../tables/index.ts";
import { copyRow } from "./connection.ts";
import { pg } from "./drizzle.ts";
import { postgresKit } from "./kit.ts";

/** A value of a row as it moves between engines: flags are 0 and 1, JSON is its text. */
export type Cell = string | number | Buffer | null;
export type Cells = readonly Cell[];

/** A table that both engines have, and how its rows are read in the order of its key. */
export interface Shape {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns as PostgreSQL reads them to be cells. */
  readonly selected: readonly string[];
  readonly key: readonly string[];
  /** Whether `id` is a number that is never given out twice. */
  readonly isNumbered: boolean;
}

const READ_AS: Readonly<Record<string, (column: string) => string>> = {
  boolean: (column) => `${column}::int`,
  json: (column) => `${column}::text`,
};

/** Every table of the rules, users first, to whom all others refer. */
export function shapes(): Shape[] {
  const all = Object.values(declareTables(postgresKit)).map((table) => {
    const { name, columns, primaryKeys } = pg.getTableConfig(table as never);
    const own = columns.filter(({ primary }) => primary);
    const key = own.length > 0 ? own : (primaryKeys[0]?.columns ?? []);
    return {
      name,
      columns: columns.map((column) => column.name),
      selected: columns.map((column) => {
        const read = READ_AS[column.getSQLType()];
        return read === undefined ? column.name : `${read(column.name)} as ${column.name}`;
      }),
      key: key.map((column) => column.name),
      isNumbered: columns.some(({ generatedIdentity }) => generatedIdentity !== undefined),
    };
  });
  return [
    ...all.filter(({ name }) => name === "users"),
    ...all.filter(({ name }) => name !== "users"),
  ];
}

/** A row in COPY's form, which is also what checksums of a table are made of. */
export const lineOf = (cells: Cells): string =>
  copyRow(...cells.map((cell) => (Buffer.isBuffer(cell) ? `\\x${cell.toString("hex")}` : cell)));

/** What sequences gave out last, which is in no table. */
interface SequenceValues {
  /** The last place that was given in the order of following. */
  readonly lastPlace: number;
  /** The last number that was given out in each numbered table. */
  readonly lastNumbers: ReadonlyMap<string, number>;
}

/** One moment of a database, for moves and exports. Rows come in the order of their keys, in pieces. */
export interface DatabaseSnapshot {
  rows(shape: Shape): AsyncIterable<readonly Cells[]>;
  /** A user's id, followers, following and when they were counted last, by id. */
  counters(): AsyncIterable<readonly Cells[]>;
  sequences(): Promise<SequenceValues>;
}
