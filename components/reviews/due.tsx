"use client";

import { cn } from "@/components/ui/class-names";
import { clockTime, utcTime } from "@/components/ui/time-text";
import { useNow } from "@/components/ui/use-now";
import type { ReviewSummary } from "@/lib/reviews/schema";

type Props = { review: Pick<ReviewSummary, "due_at" | "opened_at" | "escalation_level" | "resolved_at"> };
type Look = { words: string; className: string };

function lookOf(left: number, share: number, escalated: boolean): Look {
  const words = left <= 0 ? `Overdue ${spell(-left)}` : `${spell(left)} left`;
  if (left <= 0) return { words, className: "text-declined-text" };
  if (escalated || share > 0.5) return { words, className: "text-escalated-text" };
  return { words, className: "text-muted-foreground" };
}

/** `4:10`, `14 min`, `3 h`: exact when it is short. */
function spell(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 10) return clockTime(milliseconds);
  if (minutes < 120) return `${Math.floor(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
}

/** How much of the time to answer is used: a ring that fills, and always the words. */
export function Due({ review }: Props) {
  const due = Date.parse(review.due_at);
  const now = useNow("second");
  const whole = Math.max(1, due - Date.parse(review.opened_at));
  const share = now === null ? 0 : Math.min(1, Math.max(0, 1 - (due - now) / whole));
  const look =
    now === null
      ? { words: utcTime(due).slice(11, 16), className: "text-muted-foreground" }
      : lookOf(due - now, share, review.escalation_level > 0);
  return (
    <span
      title={`Due ${utcTime(due)}`}
      className={cn("inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums", look.className)}
    >
      <Ring share={share} />
      {look.words}
    </span>
  );
}

const around = 2 * Math.PI * 5;

function Ring({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 14 14" className="size-3.5 shrink-0 -rotate-90">
      <circle cx="7" cy="7" r="5" fill="none" strokeWidth="2.5" className="stroke-surface-3" />
      <circle
        cx="7"
        cy="7"
        r="5"
        fill="none"
        strokeWidth="2.5"
        className="stroke-current"
        strokeDasharray={`${share * around} ${around}`}
      />
    </svg>
  );
}
