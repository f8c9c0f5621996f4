export interface Progress {
  readonly show: (stage: string, done: number, of: number) => void;
  readonly close: () => void;
}

/** A bar on standard error, where that is a terminal; else nothing. */
export async function openProgress(): Promise<Progress> {
  if (!process.stderr.isTTY) return { show: () => undefined, close: () => undefined };
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar({
    format: "{stage} {bar} {percentage}%",
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(1, 0, { stage: "Opening" });
  return {
    show(stage, done, of) {
      bar.setTotal(of);
      bar.update(done, { stage });
    },
    close: () => bar.stop(),
  };
}
