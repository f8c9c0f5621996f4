import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const POLLED_EVERY_MS = 250;

/**
 * Resolves when the program that started this one has ended. npm and npx put a shell between, which
 * outlives them; where one of them runs us, their own ends and that of their caller count as well.
 */
export function parentExit(): Promise<"parent ended"> {
  const first = process.ppid;
  const ancestors = process.env.npm_execpath === undefined ? [] : ancestorsOf(first, 2);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === first && ancestors.every(isAlive)) return;
      clearInterval(timer);
      resolve("parent ended");
    }, POLLED_EVERY_MS);
    // A server that a signal has stopped ends, whether or not its parent goes on.
    timer.unref();
  });
}

/** The parent of a process, its parent in turn and so on, as many as there are. */
function ancestorsOf(pid: number, most: number): number[] {
  const found: number[] = [];
  for (let child = pid; found.length < most; ) {
    child = parentOf(child);
    // Every process has the first one above it, which never ends.
    if (child <= 1) break;
    found.push(child);
  }
  return found;
}

/** The parent of a process; 0 when it is unknown. Images of containers often have no `ps`. */
function parentOf(pid: number): number {
  try {
    const stat = `/proc/${pid}/stat`;
    // The name of the program stands in parentheses and may have blanks and parentheses in it.
    if (existsSync(stat)) {
      const text = readFileSync(stat, "utf8");
      // After the name come the state and the parent's number.
      return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
    }
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
