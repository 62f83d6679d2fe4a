import { sql } from "drizzle-orm";
import type { Prediction, Route, Truth } from "@/lib/decisions/schema";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { DomainError } from "@/lib/kernel/errors";
import type { Cause } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { conclude, type Conclusion } from "../conclude";
import { truthOf } from "../loss";
import type { AuditStatus, AuditView, JudgeAudit, Judgement } from "../schema";
import { checkRubric } from "./check-rubric";
import { viewOrThrow, whyNot } from "./claim-audit";
import { sharePropensities } from "./draw-lock";
import { viewerOf } from "./viewer";

type Locked = {
  decision_id: string;
  pi: number | null;
  status: AuditStatus;
  judges_needed: number;
  disputed: boolean;
  predicted: Prediction;
  route: Route;
};
type Own = {
  id: string;
  answer: Truth | null;
  judgement: Judgement | null;
  cause: Cause | null;
  adjudication: boolean;
};
type Given = { auditor: string; answer: Truth; judgement: Judgement; cause: Cause | null };

/**
 * Gives this auditor's judgement, after their own answer. Where one auditor is needed, or all needed agree, or it is the
 * adjudicator's last word, the audit is done and the decision labelled with the propensity it was drawn with; where they
 * differ it waits for an adjudicator. What a person sent here by choice is no random sample and makes no label.
 * Throws `blind_answer_required` before the answer, `conflict` when it is somebody else's or judged.
 */
export async function judgeAudit(ctx: Context, { auditId, ruling }: JudgeAudit): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  return inTransaction(ctx, async (ctx) => {
    await sharePropensities(ctx);
    const audit = await lock(ctx, auditId);
    const own = audit && (await ownJudgement(ctx, auditId));
    // A retry of the same judgement is no error.
    if (own?.judgement === ruling.judgement && own.cause === (ruling.cause ?? null)) {
      return viewOrThrow(ctx, auditId);
    }
    if (!audit || audit.status === "done" || own?.judgement) throw await whyNot(ctx, auditId);
    if (!own || own.answer === null) throw await notAnswered(ctx, auditId);
    await checkRubric(ctx, auditId, ruling.rubric);
    await store(ctx, own.id, ruling);
    if (own.adjudication) {
      await finish(
        ctx,
        auditId,
        audit,
        { answer: own.answer, judgement: ruling.judgement, cause: ruling.cause ?? null },
        ruling,
      );
    } else {
      await weigh(ctx, auditId, audit, own.answer, ruling);
    }
    return viewOrThrow(ctx, auditId);
  });
}

async function lock(ctx: Context, auditId: string): Promise<Locked | undefined> {
  const [audit] = await rowsOf<Locked>(
    ctx.db,
    sql`select a.decision_id, a.pi_label as pi, a.status, a.judges_needed, a.disputed_at is not null as disputed,
        d.predicted, d.route
      from audits a join decisions d on d.id = a.decision_id
      where a.id = ${auditId} and a.org_id = ${ctx.orgId} for update of a`,
  );
  return audit;
}

async function ownJudgement(ctx: Context, auditId: string): Promise<Own | undefined> {
  const [own] = await rowsOf<Own>(
    ctx.db,
    sql`select id, blind_answer as answer, judgement, cause, adjudication from audit_judgements
      where audit_id = ${auditId} and auditor = ${viewerOf(ctx).name}`,
  );
  return own;
}

async function notAnswered(ctx: Context, auditId: string): Promise<DomainError> {
  const why = await whyNot(ctx, auditId);
  const holder = why.extra?.held_by as { id: string } | null | undefined;
  if (holder && holder.id !== ctx.actor.id) return why;
  return new DomainError("conflict", "Give your own answer before you judge the model's", {
    code: "blind_answer_required",
  });
}

async function store(ctx: Context, id: string, ruling: JudgeAudit["ruling"]): Promise<void> {
  const rubric = ruling.rubric === undefined ? null : JSON.stringify(ruling.rubric);
  await rowsOf(
    ctx.db,
    sql`update audit_judgements set judgement = ${ruling.judgement}, cause = ${ruling.cause ?? null},
        note = ${ruling.note ?? null}, rubric = ${rubric}::jsonb, judged_at = clock_timestamp(), lease_until = null
      where id = ${id}`,
  );
}

/** What the judgements given so far come to. */
async function weigh(
  ctx: Context,
  auditId: string,
  audit: Locked,
  answer: Truth,
  ruling: JudgeAudit["ruling"],
): Promise<void> {
  const given = await givenSoFar(ctx, auditId);
  const conclusion: Conclusion = conclude(given, audit.judges_needed);
  if (conclusion.kind === "agreed") {
    return finish(ctx, auditId, audit, { answer, ...conclusion }, ruling);
  }
  if (conclusion.kind === "disputed") {
    await rowsOf(ctx.db, sql`update audits set disputed_at = now() where id = ${auditId}`);
    await emit(ctx, { type: "audit.disputed", subject: auditId, decisionId: audit.decision_id });
  }
  // Auditors read the journal too: what was answered stands there once nobody is to be blind any more.
  await record(ctx, conclusion.kind === "disputed" ? "audit.disputed" : "audit.judgement_given", auditId, {
    decision: audit.decision_id,
  });
}

function givenSoFar(ctx: Context, auditId: string): Promise<Given[]> {
  return rowsOf<Given>(
    ctx.db,
    sql`select auditor, blind_answer as answer, judgement, cause from audit_judgements
      where audit_id = ${auditId} and judged_at is not null and not adjudication order by judged_at, id`,
  );
}

type Result = { answer: Truth; judgement: Judgement; cause: Cause | null };

async function finish(
  ctx: Context,
  auditId: string,
  audit: Locked,
  result: Result,
  ruling: JudgeAudit["ruling"],
): Promise<void> {
  const me = viewerOf(ctx).name;
  const note = audit.judges_needed === 1 ? (ruling.note ?? null) : null;
  await rowsOf(
    ctx.db,
    sql`update audits set status = 'done', blind_answer = ${result.answer}, blind_at = (select j.blind_at
          from audit_judgements j where j.audit_id = ${auditId} and j.auditor = ${me}),
        judgement = ${result.judgement}, cause = ${result.cause}, note = ${note}, judged_by = ${me}, judged_at = now(),
        adjudicated_by = ${audit.disputed ? me : null}
      where id = ${auditId}`,
  );
  const truth = truthOf(audit.predicted, result.judgement);
  if (audit.pi !== null) await label(ctx, audit, truth, audit.pi);
  const about = { subject: auditId, decisionId: audit.decision_id, data: { judgement: result.judgement } };
  await emit(ctx, { type: "audit.completed", ...about });
  if (result.judgement !== "correct") await emit(ctx, { type: "audit.disagreement", ...about });
  await record(ctx, "audit.judged", auditId, {
    decision: audit.decision_id,
    judgement: result.judgement,
    cause: result.cause ?? undefined,
    truth,
    pi: audit.pi,
    ...(audit.judges_needed > 1
      ? { answers: await givenSoFar(ctx, auditId), adjudicated: audit.disputed }
      : {}),
  });
}

async function label(ctx: Context, audit: Locked, truth: Truth, piLabel: number): Promise<void> {
  // A person has ruled on what was reviewed, so some label was certain; only how it came by the auditor's was chance.
  const truthPi = audit.route === "review" ? 1 : piLabel;
  await recordLabel(ctx, { decisionId: audit.decision_id, source: "audit", truth, piLabel, truthPi });
}
