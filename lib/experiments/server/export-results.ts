import { csvLine, byteOrderMark } from "@/lib/kernel/csv";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { FileReply } from "@/lib/server/serve-file";
import type { ComparedItem, ExperimentView } from "../experiments";
import { comparedItems } from "./compared-items";
import { experimentById } from "./experiment-rows";
import { maskedItems } from "./list-experiment-items";

const itemsAtOnce = 500;

type Line = Record<string, JsonValue>;

/** Every answer of an experiment as a file, one line an item and candidate; masked as the list is. Throws `not_found`. */
export async function exportResults(
  ctx: Context,
  { experiment, format }: { experiment: string; format: "csv" | "jsonl" },
): Promise<FileReply> {
  authorize(ctx, "experiments.read");
  const view = await experimentById(ctx, experiment);
  const chunks: Buffer[] = format === "csv" ? [Buffer.from(byteOrderMark + csvLine(columns))] : [];
  let rows = 0;
  for (let after = -1; ;) {
    const found = await comparedItems(ctx, view.id, { show: "all", after, limit: itemsAtOnce });
    const lines = (await maskedItems(ctx, found)).flatMap((item) => linesOf(view, item));
    rows += lines.length;
    chunks.push(Buffer.from(lines.map((line) => textOf(line, format)).join("")));
    const last = found.at(-1);
    if (!last || found.length < itemsAtOnce) break;
    after = last.position;
  }
  const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  await record(ctx, "experiment.exported", view.id, { format, rows });
  return {
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    name: `experiment-${view.id}.${format}`,
    size,
    body: streamOf(chunks),
  };
}

function streamOf(chunks: Buffer[]): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(new Uint8Array(chunk));
      else controller.close();
    },
  });
}

const columns = [
  "item",
  "position",
  "decision",
  "subject",
  "candidate",
  "kind",
  "baseline",
  "status",
  "truth",
  "predicted",
  "correct",
  "confidence",
  "cost_micros",
  "latency_ms",
  "run",
  "error",
  "input",
  "expected",
  "output",
  "scores",
];

function linesOf({ candidates }: ExperimentView, item: ComparedItem): Line[] {
  return item.results.map((result) => {
    const candidate = candidates.find(({ id }) => id === result.candidate_id);
    return {
      item: item.id,
      position: item.position,
      decision: item.decision_id,
      subject: item.subject,
      candidate: candidate?.name ?? result.candidate_id,
      kind: candidate?.kind ?? null,
      baseline: candidate?.baseline ?? false,
      status: result.status,
      truth: item.truth,
      predicted: result.predicted,
      correct: result.correct,
      confidence: result.confidence,
      cost_micros: result.cost_micros,
      latency_ms: result.latency_ms,
      run: result.run_id,
      error: result.error,
      input: item.input,
      expected: item.expected,
      output: result.output,
      scores: result.scores.map(({ evaluator, quality, status, score, passed, label, rationale }) => {
        return { evaluator, quality, status, score, passed, label, rationale };
      }),
    };
  });
}

function textOf(line: Line, format: "csv" | "jsonl"): string {
  return format === "csv" ? csvLine(columns.map((name) => line[name])) : `${JSON.stringify(line)}\n`;
}
