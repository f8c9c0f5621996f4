import { UnavailableError } from "../errors.ts";
import { translateError } from "./errors.ts";
import type { Lanes, Send } from "./lanes.ts";

const PROBE_TIMEOUT_MS = 1000;

/** One read and one write that changes nothing: a primary that takes writes, within a second. */
export async function probe(lanes: Lanes): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new UnavailableError("The database is slow.")),
      PROBE_TIMEOUT_MS,
    );
  });
  const asked = lanes.query({
    text: "update versions set value = value where slot = 0 returning pg_is_in_recovery()",
  });
  try {
    await Promise.race([asked, late]);
  } catch (error) {
    throw translateError(error);
  } finally {
    clearTimeout(timer);
  }
}

const CLOCK = { text: "select (extract(epoch from clock_timestamp()) * 1000)::bigint as at" };

/** By how many milliseconds the database's clock is off this machine's. */
export async function clockOffset(send: Send): Promise<number> {
  const before = Date.now();
  const { rows } = await send<{ at: number }>(CLOCK);
  const at = rows[0]?.at ?? before;
  return Math.round(at - (before + Date.now()) / 2);
}
