import type { Context } from "@/lib/server/context";
import { leastInWindow } from "../drift";
import { readReference, type Reference } from "./drift-reference";
import { countWindow, type Pair, type Span } from "./read-drift-window";

const dayMs = 86_400_000;

export type Spans = { current: Span; reference: Reference };

/**
 * What is compared with what on a UTC day: the day itself, or the week that ends on a Sunday where a day holds too little;
 * against the reference in force. Null where there is too little of either. Windows of following checks never overlap.
 */
export async function spansOf(
  ctx: Context,
  pair: Pair,
  { day, nowMs }: { day: string; nowMs: number },
): Promise<Spans | null> {
  const current = await currentSpan(ctx, pair, { day, nowMs });
  if (!current) return null;
  const reference = await readReference(ctx, pair, current.from);
  const n = await countWindow(ctx, pair, reference, leastInWindow);
  return n < leastInWindow ? null : { current, reference };
}

async function currentSpan(
  ctx: Context,
  pair: Pair,
  { day, nowMs }: { day: string; nowMs: number },
): Promise<Span | null> {
  const start = Date.parse(`${day}T00:00:00Z`);
  const end = Math.min(start + dayMs, nowMs);
  const isSunday = new Date(start).getUTCDay() === 0;
  for (const days of isSunday ? [1, 7] : [1]) {
    const span = { from: iso(start - (days - 1) * dayMs), to: iso(end) };
    if ((await countWindow(ctx, pair, span, leastInWindow)) >= leastInWindow) return span;
  }
  return null;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
