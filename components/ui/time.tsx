"use client";

import { cn } from "@/components/ui/class-names";
import { clockTime, relativeTime, utcTime } from "@/components/ui/time-text";
import { useNow } from "@/components/ui/use-now";

type Props = {
  /** ISO 8601 or ms since 1970. */
  at: string | number;
  className?: string;
};

/** A moment: relative to the eye, UTC on hover. The server writes UTC, so hydration always agrees. */
export function Time({ at, className }: Props) {
  const moment = new Date(at).getTime();
  const now = useNow("minute");
  const utc = utcTime(moment);
  return (
    <time
      dateTime={new Date(moment).toISOString()}
      title={utc}
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {now === null ? utc.slice(0, 16) : relativeTime(moment, now)}
    </time>
  );
}

/** Time left until `at`, each second: SLA, lease, undo. Not announced; pair it with words. */
export function Countdown({ at, className }: Props) {
  const moment = new Date(at).getTime();
  const now = useNow("second");
  return (
    <time
      dateTime={new Date(moment).toISOString()}
      title={utcTime(moment)}
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {now === null ? utcTime(moment).slice(11, 16) : clockTime(moment - now)}
    </time>
  );
}
