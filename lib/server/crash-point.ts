/** Where the torture ends a process as a power cut would: the narrow places between two things that must both hold. */
export const crashPoints = [
  "intake.after_commit",
  "claim.after_commit",
  "send.before",
  "send.after",
  "settle.before_commit",
  "settle.after_commit",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

// `CRASH_AT=send.before` at the first time, `CRASH_AT=send.before@3` at the third; unset (always, but in the torture): never.
const [askedFor, times = "1"] = (process.env.CRASH_AT ?? "").split("@");
let left = Number(times);

/** Kills this process when CRASH_AT names this place; otherwise does nothing. */
export function crashPoint(at: CrashPoint): void {
  if (at !== askedFor) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, "SIGKILL");
}
