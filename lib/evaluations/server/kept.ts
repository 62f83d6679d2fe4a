import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

const keptMs = 60_000;
/** What took less is read anew each time, so that a small house sees every label at once. */
const slowMs = 100;
const most = 400;

type Kept = { until: number; answer: Promise<unknown> };
const answers = new Map<string, Kept>();

/**
 * Answers by key for a minute when they took long to compute, and once for all who ask at the same time. At most
 * {@link most} are held, the oldest go first; nothing of a person may stand in an answer that others are given.
 */
export async function kept<T>(ctx: Context, parts: readonly unknown[], work: () => Promise<T>): Promise<T> {
  const key = JSON.stringify([ctx.orgId, appBound(ctx), ...parts]);
  const found = answers.get(key);
  // The key says which work it was, so the answer is that work's.
  if (found && found.until > performance.now()) return found.answer as Promise<T>;
  const began = performance.now();
  const answer = work();
  answers.set(key, { until: Number.POSITIVE_INFINITY, answer });
  try {
    const done = await answer;
    const took = performance.now() - began;
    if (took < slowMs) answers.delete(key);
    else answers.set(key, { until: performance.now() + keptMs, answer });
    drop();
    return done;
  } catch (error) {
    answers.delete(key);
    throw error;
  }
}

function drop(): void {
  for (const key of answers.keys()) {
    if (answers.size <= most) return;
    answers.delete(key);
  }
}

/** For measurements of what a cold answer takes. */
export function forgetKept(): void {
  answers.clear();
}
