/** What the file system says of a data directory; figures that can't be read are left out. */
export interface DataFigures {
  readonly databaseBytes?: number;
  readonly logBytes?: number;
  /** What this program may still write. */
  readonly freeBytes?: number;
  /** When `followd backup` last wrote one, in milliseconds since 1970. */
  readonly lastBackupAt?: number;
}
