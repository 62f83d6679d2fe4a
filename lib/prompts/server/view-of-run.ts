import type { models, runs } from "@/db/schema";
import type { RunSummary, RunView } from "../run-endpoints";
import { versionName } from "./version-rows";

type RunRow = typeof runs.$inferSelect;
type Beside = {
  run: RunRow;
  model: Pick<typeof models.$inferSelect, "id" | "name" | "currency">;
  version: number | null;
  promptKey: string | null;
};

/** A run as it is shown. */
export function runView({ run, model, version, promptKey }: Beside): RunView {
  return {
    id: run.id,
    object: "run",
    purpose: run.purpose,
    status: run.status,
    app_id: run.appId,
    model,
    prompt:
      run.promptVersionId !== null && version !== null && promptKey !== null
        ? { id: run.promptVersionId, name: versionName(promptKey, version) }
        : null,
    decision: run.decisionId,
    output: run.output,
    confidence: run.confidence,
    confidences: run.confidences,
    input_tokens: run.inputTokens,
    output_tokens: run.outputTokens,
    cost_micros: run.costMicros,
    latency_ms: run.latencyMs,
    calls: run.calls,
    masked: run.masked,
    error: run.error,
    error_code: run.errorCode,
    created_at: run.createdAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
  };
}

/** What several runs were together. A cost is known where every answer's is. */
export function summaryOf(rows: readonly RunRow[]): RunSummary {
  const used = rows.find(({ confidences }) => confidences !== null);
  const paid = rows.filter(({ inputTokens }) => inputTokens !== null);
  const unanswered = rows.find(({ status }) => status !== "succeeded");
  return {
    runs: rows.map(({ id }) => id),
    status: used ? "succeeded" : unanswered?.status === "failed" ? "failed" : "interrupted",
    error: used ? null : (unanswered?.error ?? null),
    confidences: used?.confidences ?? {},
    input_tokens: paid.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0),
    output_tokens: paid.reduce((sum, { outputTokens }) => sum + (outputTokens ?? 0), 0),
    cost_micros: paid.reduce<number | null>(
      (sum, { costMicros }) => (sum === null || costMicros === null ? null : sum + costMicros),
      0,
    ),
    latency_ms: rows.reduce<number | null>(
      (most, { latencyMs }) => Math.max(most ?? 0, latencyMs ?? 0),
      null,
    ),
  };
}
