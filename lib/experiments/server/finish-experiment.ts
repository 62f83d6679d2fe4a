import { sql } from "drizzle-orm";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { CandidateSummary } from "../experiments";
import type { GateVerdict } from "../vocabulary";
import { isLaidOut } from "./ask-judges";
import type { ExperimentJob } from "./experiment-job";
import { summarise } from "./summarise";

/** Reckons what came out and closes the experiment, unless an answer is still wanted or somebody stopped it. */
export async function finishExperiment(ctx: Context, job: ExperimentJob): Promise<void> {
  const summary = await summarise(ctx, job.id);
  const gate = gateOfAll(summary);
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [ended] = await rowsOf<{ name: string }>(
      ctx.db,
      sql`update experiments set status = 'done', gate = ${gate}, summary = ${JSON.stringify({ candidates: summary })}::jsonb,
          gate_detail = ${JSON.stringify(gatesOf(summary))}::jsonb, finished_at = now(), why = null
        where id = ${job.id} and status = 'running' and lease_until = ${job.lease}::timestamptz
          and not exists (select 1 from experiment_results where experiment_id = ${job.id}
            and status in ('pending', 'running'))
          and not exists (select 1 from experiment_scores where experiment_id = ${job.id}
            and status in ('pending', 'running')) and ${isLaidOut(job.id)}
        returning name`,
    );
    if (!ended) return;
    await emit(ctx, { type: "experiment.finished", subject: job.id, data: { gate } });
    await record(ctx, "experiment.finished", job.id, { gate, gates: gatesOf(summary) });
  });
}

/** Each candidate's own gate, by its id. */
function gatesOf(summary: readonly CandidateSummary[]) {
  return Object.fromEntries(
    summary.flatMap(({ candidate_id, gate }) => (gate ? [[candidate_id, gate]] : [])),
  );
}

/** Passed when every candidate passed, failed when one failed. */
function gateOfAll(summary: readonly CandidateSummary[]): GateVerdict {
  const verdicts = summary.flatMap(({ gate }) => gate?.verdict ?? []);
  if (verdicts.includes("failed")) return "failed";
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === "passed") ? "passed" : "undecided";
}
