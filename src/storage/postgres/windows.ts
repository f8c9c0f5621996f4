import { createHash } from "node:crypto";
import type { SharedWindows } from "../engine.ts";
import type { Send } from "./lanes.ts";

const ADD = {
  name: "count in a window",
  text: `insert into rate_limits as mine (key, used, ends_at)
    values ($1, greatest($2::bigint, 0), $3)
    on conflict (key) do update set
      used = case when mine.ends_at <= $4 then excluded.used
        else greatest(mine.used + $2::bigint, 0) end,
      ends_at = case when mine.ends_at <= $4 then excluded.ends_at else mine.ends_at end
    returning used, ends_at as "end"`,
};
const LOOK = {
  name: "look at a window",
  text: `select used, ends_at as "end" from rate_limits where key = $1 and ends_at > $2`,
};
const CLEAN = { text: "delete from rate_limits where ends_at <= $1" };

interface Window {
  used: number;
  end: number;
}

const CLEAN_EVERY_MS = 60_000;
/** Callers choose what they are known by; what is longer is kept as its digest. */
const MAX_KEY_CHARACTERS = 100;

/**
 * Counts in windows that all nodes share, in an unlogged table: no count waits for the disk, and
 * after a crash of the primary or a promotion all windows are new. Rejects when the database does.
 */
export function sharedWindows(write: Send, read: Send): SharedWindows {
  let cleaned = 0;
  return {
    async add(key, points, length, now) {
      const { rows } = await write<Window>(ADD, [keyOf(key), points, now + length, now]);
      if (now - cleaned >= CLEAN_EVERY_MS) {
        cleaned = now;
        // Windows that are over count for nothing, so a failure has no other cost than their room.
        void write(CLEAN, [now]).catch(() => undefined);
      }
      return rows[0] as Window;
    },
    async look(key, now) {
      const { rows } = await read<Window>(LOOK, [keyOf(key), now]);
      return rows[0];
    },
  };
}

const keyOf = (key: string): string =>
  key.length <= MAX_KEY_CHARACTERS && !key.includes("\0")
    ? key
    : createHash("sha256").update(key).digest("hex");
