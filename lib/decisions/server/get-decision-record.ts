import { sql, type SQL } from "drizzle-orm";
import type { Reversibility } from "@/lib/apps/schema";
import { authorize, may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { AuditOfDecision, DecisionRecord, HistoryLine, Label } from "../record";
import { isBlindNow } from "./blind-now";
import { readDecision } from "./get-decision";

type Row = {
  app_name: string;
  type_name: string;
  reversibility: Reversibility;
  action_name: string | null;
  connector_name: string | null;
  submitted_by: string | null;
  decided_by: string | null;
  resolved_by: string | null;
  digest: string | null;
  pi: number;
  draw: number;
  drawn: boolean;
  pending: boolean;
  blind_review: boolean;
  audit: (AuditOfDecision & { answered: boolean; sent: boolean }) | null;
  labels: Label[] | null;
  history: HistoryLine[] | null;
};

const longestHistory = 200;

/**
 * One decision with its history as this person may see it. Whoever may not read audits is not told that one was drawn
 * before it is judged; an auditor sees nothing of the model or of what came of it before their own answer is stored.
 * Throws `not_found`.
 */
export async function getDecisionRecord(
  ctx: Context,
  input: { decisionId: string },
): Promise<DecisionRecord> {
  authorize(ctx, "decisions.read");
  const decision = await readDecision(ctx, input.decisionId);
  const row = await readRow(ctx, decision.id);
  const judged = row.audit?.status === "done";
  const seesAudits = may(ctx.actor, "audits.read");
  // Who sent it to be audited has seen it all, and is not asked.
  const answered = row.audit?.answered === true || row.audit?.sent === true;
  const waits = (row.drawn || row.audit !== null) && !judged && row.audit?.status !== "expired";
  const { pi, draw, drawn, pending } = row;
  const told = seesAudits || judged;
  return {
    decision,
    app: { id: decision.app_id, name: row.app_name },
    type: { name: row.type_name, reversibility: row.reversibility },
    action:
      row.action_name && row.connector_name ? { name: row.action_name, connector: row.connector_name } : null,
    submitted_by: row.submitted_by,
    decided_by: row.decided_by,
    resolved_by: row.resolved_by,
    digest: row.digest,
    blind:
      (waits && !answered && may(ctx.actor, "audits.judge")) ||
      (row.blind_review && may(ctx.actor, "reviews.rule")),
    blind_review: row.blind_review,
    sampling: told ? { pi, draw, drawn, pending } : null,
    audit: told && row.audit ? await maskFor(ctx, auditOf(row.audit)) : null,
    labels: (row.labels ?? []).filter(({ source }) => told || source !== "audit"),
    history: await maskFor(
      ctx,
      (row.history ?? []).filter(
        // That auditors differed is not told while one of them may still be asked.
        ({ type }) => (told || !type.startsWith("audit.")) && (judged || type !== "audit.disputed"),
      ),
    ),
  };
}

function auditOf({ id, status, judgement, cause, note, by, at }: AuditOfDecision): AuditOfDecision {
  return { id, status, judgement, cause, note, by, at };
}

async function readRow(ctx: Context, id: string): Promise<Row> {
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select a.name as app_name, t.name as type_name, t.reversibility, ca.name as action_name, co.name as connector_name,
        ${actorWords(sql`d.submitted_by`)} as submitted_by, ${actorWords(sql`d.decided_by`)} as decided_by,
        ${actorWords(sql`(select r.resolved_by from reviews r where r.decision_id = d.id order by r.id desc limit 1)`)}
          as resolved_by, d.action_digest as digest, d.pi_label as pi, d.draw_u as draw, d.audit_drawn as drawn,
        d.audit_pending as pending,
        ${isBlindNow} as blind_review, ${auditJson(actorName(ctx.actor))} as audit, ${labelsJson} as labels, ${historyJson} as history
      from decisions d join apps a on a.id = d.app_id join decision_types t on t.id = d.type_id
      left join connector_actions ca on ca.id = t.action_id
      left join connectors co on co.id = ca.connector_id
      where d.id = ${id} and d.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new Error(`${id} was there a moment ago`);
  return row;
}

/** A moment as RFC 3339 text: one format for both drivers. */
function stamp(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

/**
 * `user:<id>`, `key:<id>`, `router` … as a name people know: a person's or a key's own name, else the word after the
 * colon; null stays null.
 */
function actorWords(actor: SQL): SQL {
  return sql`coalesce(
    (select u.name from users u where ${actor} like 'user:%' and u.id = substr(${actor}, 6)),
    (select k.name || ' (key)' from api_keys k where ${actor} like 'key:%' and k.id = substr(${actor}, 5)),
    case when ${actor} like 'system:%' then substr(${actor}, 8) else ${actor} end)`;
}

const auditJson = (
  me: string,
) => sql`(select json_build_object('id', au.id, 'status', au.status, 'judgement', au.judgement, 'cause', au.cause,
    'note', au.note, 'by', ${actorWords(sql`au.judged_by`)}, 'at', ${stamp("au.judged_at")}, 'sent', coalesce(au.sent_by = ${me}, false),
    'answered', exists (select 1 from audit_judgements j where j.audit_id = au.id and j.auditor = ${me}
      and j.blind_answer is not null))
  from audits au where au.decision_id = d.id)`;

const labelsJson = sql`(select json_agg(json_build_object('source', l.source, 'truth', l.truth, 'pi', l.pi_label,
    'by', ${actorWords(sql`l.actor`)}, 'at', ${stamp("l.created_at")}) order by l.created_at)
  from labels l where l.decision_id = d.id)`;

const historyJson = sql`(select json_agg(json_build_object('type', h.type, 'at', ${stamp("h.at")}, 'by',
    ${actorWords(sql`h.data ->> 'by'`)}, 'data', h.data) order by h.id)
  from (select id, type, at, data from events where decision_id = d.id order by id desc limit ${longestHistory}) h)`;
