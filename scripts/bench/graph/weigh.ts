import { openSqlite } from "../../../src/storage/sqlite/open.ts";

/** What a table or an index of the follows takes. */
export interface Weight {
  readonly name: string;
  readonly bytes: number;
  /** How much of its pages is filled. */
  readonly fill: number;
}

/** Where the bytes of the follows lie, in a file that is not being written. */
export async function weigh(file: string): Promise<Weight[]> {
  const engine = openSqlite({ file });
  try {
    return engine.raw((rows) =>
      [
        ...rows
          .prepare(
            `select name, sum(pgsize) as bytes, 1 - sum(unused) * 1.0 / sum(pgsize) as fill
               from dbstat where name in (select name from sqlite_schema where tbl_name = 'follows')
               group by name order by bytes desc`,
          )
          .iterate(),
      ].map((row) => row as Weight),
    );
  } finally {
    await engine.close();
  }
}
