import type { NoticeKind } from "./kinds";
import type { Preferences } from "./preferences";

const minute = 60_000;
const day = 24 * 60;
/** Alerts of so long go in one mail, milliseconds. */
const together = 15_000;

/**
 * When a mail of this kind may go out at the earliest, milliseconds since 1970: now, the person's next digest, or the
 * end of their quiet hours. Both are read in their time zone. An alert waits for neither: only for those that come with it,
 * so that one fault is one mail.
 */
export function mailTime(nowMs: number, preferences: Preferences, kind: NoticeKind): number {
  if (kind === "incident") return Math.ceil(nowMs / together) * together;
  if (kind === "escalated" && preferences.overdue_breaks_quiet) return nowMs;
  const due = digestTime(nowMs, preferences);
  const { quiet, time_zone } = preferences;
  if (quiet === null) return due;
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  return isBetween(minuteOfDay(due, time_zone), from, to) ? nextAt(due, time_zone, to) : due;
}

function digestTime(nowMs: number, { digest, daily_at, time_zone }: Preferences): number {
  if (digest === "immediately") return nowMs;
  if (digest === "daily") return nextAt(nowMs, time_zone, daily_at * 60);
  const passed = minuteOfDay(nowMs, time_zone) % 60;
  return startOfMinute(nowMs) + (60 - passed) * minute;
}

/** Whether a minute of the day lies in a stretch that may pass midnight. */
function isBetween(at: number, from: number, to: number): boolean {
  return from < to ? at >= from && at < to : at >= from || at < to;
}

/** The next moment after `ms` at which it is `target` minutes past midnight there. */
function nextAt(ms: number, zone: string, target: number): number {
  const away = (target - minuteOfDay(ms, zone) + day) % day || day;
  const reached = startOfMinute(ms) + away * minute;
  // Where the clock was set forward or back meanwhile, it is off by that much.
  const off = target - minuteOfDay(reached, zone);
  const nearest = off > day / 2 ? off - day : off < -day / 2 ? off + day : off;
  return reached + nearest * minute;
}

function startOfMinute(ms: number): number {
  return ms - (ms % minute);
}

function minutesOf(clock: string): number {
  const [hours = "0", minutes = "0"] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function minuteOfDay(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(ms);
  const part = (type: "hour" | "minute") => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part("hour") * 60 + part("minute");
}

/** Tries a message gets, and the growing pause after each, seconds: half a minute to six hours. */
export const mostTries = 10;
export function pauseAfter(tries: number): number {
  return Math.min(6 * 3600, 30 * 2 ** Math.max(0, tries - 1));
}
