import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import type { JsonValue } from "@/lib/kernel/json";
import type { RunPurpose } from "@/lib/models/vocabulary";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";

type NewRun = {
  ask: {
    purpose: RunPurpose;
    appId?: string;
    typeId?: string;
    promptVersionId?: string;
    decisionId?: string;
    askedBy?: string;
  };
  modelId: string;
  masked: number;
  requestHash: string;
};

/** Writes the run of a question that is about to be asked; committed before the first byte goes out. */
export async function openRun(ctx: Context, { ask, ...run }: NewRun): Promise<string> {
  const id = newId("run");
  await ctx.db.insert(runs).values({
    id,
    orgId: ctx.orgId,
    purpose: ask.purpose,
    appId: ask.appId ?? null,
    typeId: ask.typeId ?? null,
    promptVersionId: ask.promptVersionId ?? null,
    decisionId: ask.decisionId ?? null,
    askedBy: ask.askedBy ?? null,
    ...run,
  });
  return id;
}

type Settled = { latencyMs: number; calls: number; inputTokens?: number; outputTokens?: number } & (
  | { status: "succeeded"; output: JsonValue; costMicros: number | null }
  | { status: "failed"; error: string; errorCode: string; costMicros?: number | null }
);

/** Writes what became of a run that is still under way. */
export async function settleRun(ctx: Context, runId: string, settled: Settled): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const [run] = await ctx.db
      .update(runs)
      .set({ ...settled, finishedAt: sql`now()` })
      .where(and(eq(runs.id, runId), eq(runs.status, "running")))
      .returning({ purpose: runs.purpose });
    // A failure is news by itself; answers are told of by what they were asked for.
    if (run && settled.status === "failed")
      await emit(ctx, {
        type: "run.finished",
        subject: runId,
        data: { status: settled.status, purpose: run.purpose, error_code: settled.errorCode },
      });
  });
}
