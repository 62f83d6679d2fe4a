import { longestSnooze } from "@/lib/reviews/limits";

/** Whole minutes from `now` until nine o'clock of the next day, by the clock of whoever asks. */
export function minutesToTomorrow(now: Date): number {
  const nine = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
  return minutesTo(nine, now);
}

/** Whole minutes from `now` until a moment, at least one; more than a week is a week. */
export function minutesTo(until: Date, now: Date): number {
  const minutes = Math.round((until.getTime() - now.getTime()) / 60_000);
  return Math.min(longestSnooze, Math.max(1, minutes));
}

/** A moment as a date field spells it, in the zone of whoever looks: `2026-11-23T09:00`. */
export function fieldTime(at: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
