/** The little of the package that is used here; it has no types of its own. */
declare module "cli-progress" {
  export class SingleBar {
    constructor(options: {
      format: string;
      stream: NodeJS.WritableStream;
      clearOnComplete: boolean;
    });
    start(total: number, value: number, payload: Record<string, string>): void;
    setTotal(total: number): void;
    update(value: number, payload: Record<string, string>): void;
    stop(): void;
  }
}
