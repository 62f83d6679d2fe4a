import { sql } from "drizzle-orm";
import type { Citation, ContextItem, DecisionStatus, Reason } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { ModelCallError } from "@/lib/models/model-call-error";
import { callModel } from "@/lib/models/server/call-model";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { auditorMessages, defaultInstructions } from "../auditor-prompt";
import { answerSchema, AuditorAnswer, checkedProposal, type Proposal } from "../proposal";
import { proposeByRules } from "../propose-by-rules";
import type { Sides } from "../sides";
import { sourceOf } from "./get-discrepancy";

/** Longer than any model may take with its retries: a worker that was killed is waited for so long. */
const leaseMinutes = 15;
const mostTries = 3;
const aTurn = 20;

type Job = {
  id: string;
  decision_id: string;
  app_id: string;
  app: string;
  type_id: string;
  type: string;
  summary_template: string;
  sides: Sides;
  tries: number;
  held: string;
  model_id: string | null;
  model_key: string | null;
  instructions: string | null;
  input: JsonValue;
  context: ContextItem[] | null;
  arguments: JsonObject;
  rationale: string | null;
  citations: Citation[] | null;
  reasons: Reason[];
  status: DecisionStatus;
  input_schema: JsonObject;
};

/**
 * Has causes proposed for what waits for one: by the app's model where it names one, else by fixed rules. It never
 * confirms. Many workers may run it: each takes records nobody holds, asks outside any transaction, and stores the
 * answer only if the sides are as they were. Answers how many it took.
 */
export async function proposeCauses(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  for (let taken = 0; taken < aTurn; taken++) {
    const job = await take(ctx);
    if (!job) return taken;
    await propose(ctx, job);
  }
  return aTurn;
}

async function take(ctx: Context): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`with taken as (update discrepancies x set ask_tries = ask_tries + 1, ask_at = now() + make_interval(mins => ${leaseMinutes})
        where x.id = (select y.id from discrepancies y left join llm_auditors l on l.app_id = y.app_id
          where y.org_id = ${ctx.orgId} and y.ask_at <= now() and y.status in ('open', 'proposed')
            and coalesce(l.mode, 'rules') <> 'off' order by y.ask_at, y.id limit 1 for update of y skip locked)
        returning x.*)
      select x.id, x.decision_id, x.app_id, a.name as app, x.type_id, t.name as type, t.summary_template, x.sides,
        x.ask_tries as tries, x.updated_at::text as held, case when l.mode = 'model' then l.model_id end as model_id,
        m.key as model_key, l.instructions, d.input, d.context, d.arguments, d.rationale, d.citations, d.reasons, d.status,
        t.input_schema
      from taken x join decisions d on d.id = x.decision_id join apps a on a.id = x.app_id
      join decision_types t on t.id = x.type_id left join llm_auditors l on l.app_id = x.app_id
      left join models m on m.id = l.model_id`,
  );
  return job;
}

async function propose(ctx: Context, job: Job): Promise<void> {
  try {
    await keep(ctx, job, await proposalOf(ctx, job));
  } catch (error) {
    await putOff(ctx, job, error);
  }
}

async function proposalOf(ctx: Context, job: Job): Promise<Proposal> {
  const evidence = sourceOf(job);
  const at = new Date().toISOString();
  if (job.model_id === null) {
    const answer = proposeByRules({
      sides: job.sides,
      evidence,
      inputSchema: job.input_schema,
      citations: job.citations ?? [],
      warnings: job.reasons
        .filter(({ kind }) => kind === "policy" || kind === "finding")
        .map(({ message }) => message),
      acted: job.status === "approved",
    });
    return checkedProposal(answer, evidence, { by: "rules", runId: null, at });
  }
  const summary = actionSummary(job.summary_template, job.type, job.arguments, null);
  const { output, runId } = await callModel(ctx, {
    modelId: job.model_id,
    purpose: "llm_auditor",
    messages: auditorMessages(job.instructions ?? defaultInstructions, {
      app: job.app,
      type: job.type,
      summary,
      sides: job.sides,
      evidence,
    }),
    schema: answerSchema,
    temperature: 0,
    appId: job.app_id,
    typeId: job.type_id,
    decisionId: job.decision_id,
    askedBy: "llm_auditor",
  });
  const answer = AuditorAnswer.safeParse(output);
  if (!answer.success)
    throw new ModelCallError(
      "unusable_answer",
      "The model's answer is not of the form it was asked for",
      undefined,
      runId,
    );
  return checkedProposal(answer.data, evidence, { by: job.model_key ?? job.model_id, runId, at });
}

// A side that spoke meanwhile has the question asked anew: this answer is of other words.
async function keep(ctx: Context, job: Job, proposal: Proposal): Promise<void> {
  const cause = proposal.usable ? proposal.cause : null;
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const kept = await rowsOf(
      ctx.db,
      sql`update discrepancies set proposal = ${JSON.stringify(proposal)}::jsonb, proposed_cause = ${cause},
          proposed_confidence = ${proposal.usable ? proposal.confidence : null}::float8, ask_at = null, ask_error = null,
          status = ${proposal.usable ? "proposed" : "open"}
        where id = ${job.id} and ask_tries = ${job.tries} and updated_at::text = ${job.held} and status in ('open', 'proposed')
        returning id`,
    );
    if (kept.length === 0) return;
    const data = { step: "propose", by: proposal.by, cause };
    await emit(ctx, { type: "discrepancy.changed", subject: job.id, decisionId: job.decision_id, data });
    await record(ctx, "discrepancy.proposed", job.id, {
      by: proposal.by,
      cause,
      usable: proposal.usable,
      quotes: proposal.evidence.length,
      dropped: proposal.dropped,
      run: proposal.runId,
    });
  });
}

async function putOff(ctx: Context, job: Job, error: unknown): Promise<void> {
  const isModels = error instanceof ModelCallError;
  if (!isModels) log.warn({ err: error, discrepancy: job.id }, "a cause could not be proposed");
  const sentence = isModels ? error.message : "The case could not be looked at";
  const isLast = job.tries >= mostTries;
  await rowsOf(
    ctx.db,
    sql`update discrepancies set ask_error = ${sentence.slice(0, 500)},
        ask_at = ${isLast ? sql`null` : sql`now() + make_interval(mins => ${5 * job.tries})`}
      where id = ${job.id} and ask_tries = ${job.tries} and updated_at::text = ${job.held}`,
  );
}
