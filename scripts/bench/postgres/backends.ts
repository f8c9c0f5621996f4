import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../postgres/cluster.ts";
import { cpuOf } from "../start-server.ts";

/** Microseconds of CPU that the processes which serve connections of a cluster have used. */
export function cpuOfBackends({ folder }: Cluster): number {
  const [postmaster = ""] = readFileSync(join(folder, "data/postmaster.pid"), "utf8").split("\n");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && servesConnection(name, postmaster))
    .reduce((sum, pid) => sum + cpuOf(Number(pid)), 0);
}

/** The postmaster's other children write logs and checkpoints, which belong to no request. */
function servesConnection(pid: string, postmaster: string): boolean {
  try {
    const parent = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
    return (
      parent === postmaster && /127\.0\.0\.1\(/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))
    );
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
