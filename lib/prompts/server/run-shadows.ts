import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { ModelCallError } from "@/lib/models/model-call-error";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { answerWithPrompt, type PromptAnswer } from "./answer-with-prompt";

/** Longer than any model may take. */
const leaseSeconds = 700;

type Job = { decision_id: string; prompt_version_id: string; input: JsonObject };

/**
 * Asks a shadow version about one decision that the active one made, and keeps what it says beside it; nothing is done with
 * it. Answers 1, or 0 when none waits. One whose worker is gone is not asked again, as it may have been paid.
 */
export async function runShadows(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  await rowsOf(
    ctx.db,
    sql`update shadow_answers set status = 'interrupted', finished_at = now(), error = 'The process ended while the model was asked'
      where org_id = ${ctx.orgId} and status = 'running' and lease_until < now()`,
  );
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`update shadow_answers s set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
      from decisions d where d.id = s.decision_id and (s.prompt_version_id, s.decision_id) = (
        select prompt_version_id, decision_id from shadow_answers where org_id = ${ctx.orgId} and status = 'pending'
        order by created_at limit 1 for update skip locked)
      returning s.decision_id, s.prompt_version_id, d.input`,
  );
  if (!job) return 0;
  try {
    const answer = await answerWithPrompt(ctx, {
      promptVersionId: job.prompt_version_id,
      input: job.input,
      purpose: "shadow",
      decisionId: job.decision_id,
    });
    await keep(ctx, job, answer);
  } catch (error) {
    if (!(error instanceof ModelCallError) && !(error instanceof DomainError))
      log.warn({ err: error, decision: job.decision_id }, "a shadow version could not be asked");
    const isSaid = error instanceof ModelCallError || error instanceof DomainError;
    await fail(ctx, job, isSaid ? error.message : "Something broke on our side");
  }
  return 1;
}

async function keep(ctx: Context, job: Job, answer: PromptAnswer): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update shadow_answers set status = 'done', finished_at = now(), predicted = ${answer.predicted},
        arguments = ${JSON.stringify(answer.arguments)}::jsonb, confidence = ${answer.confidence}, run_id = ${answer.runIds[0] ?? null}
      where ${ofJob(job)}`,
  );
}

async function fail(ctx: Context, job: Job, error: string): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update shadow_answers set status = 'failed', finished_at = now(), error = ${error.slice(0, 500)} where ${ofJob(job)}`,
  );
}

const ofJob = ({ decision_id: decision, prompt_version_id: version }: Job) =>
  sql`prompt_version_id = ${version} and decision_id = ${decision} and status = 'running'`;
