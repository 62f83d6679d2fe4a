import type { Step } from "../board-schema";

const hour = 3_600_000;
const lengths: Record<Step, number> = { hour, day: 24 * hour, week: 168 * hour };

/** Hours for up to three days, days for up to about a hundred, then weeks: never more than a picture can show. */
export function stepOf(from: Date, to: Date): Step {
  const span = to.getTime() - from.getTime();
  if (span <= 3 * lengths.day) return "hour";
  return span <= 100 * lengths.day ? "day" : "week";
}

/** The start of the bucket that a moment falls in. */
export function startOf(at: number, step: Step): number {
  // The epoch was a Thursday; four days later the first Monday began.
  const origin = step === "week" ? 4 * lengths.day : 0;
  return Math.floor((at - origin) / lengths[step]) * lengths[step] + origin;
}

export type Bucket = { at: string; complete: boolean };

/** Every bucket that [from, to) touches; one that began before `from` or is not over is not complete. */
export function bucketsOf(from: Date, to: Date, step: Step): Bucket[] {
  const buckets: Bucket[] = [];
  for (let at = startOf(from.getTime(), step); at < to.getTime(); at += lengths[step]) {
    const complete = at >= from.getTime() && at + lengths[step] <= to.getTime();
    buckets.push({ at: new Date(at).toISOString(), complete });
  }
  return buckets;
}
