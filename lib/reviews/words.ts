import type { Verdict } from "@/lib/kernel/statuses";

/** What somebody did, in the past tense: "Ana approved this". */
export const pastOf: Record<Verdict, string> = {
  approve: "approved",
  edit: "edited and approved",
  decline: "declined",
  respond: "responded to",
};

/** `3 s`, `14 min`, `5 h`, `2 days`: a stretch of time in one unit, rounded down; never negative. */
export function stretch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 2 * 86_400) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} days`;
}
