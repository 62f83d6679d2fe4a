import { sql } from "drizzle-orm";
import type { ContextItem, Prediction, Reason } from "@/lib/decisions/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { firstIdOf, newId } from "@/lib/kernel/ids";
import { keptRule } from "@/lib/policies/cel";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Quality } from "../vocabulary";
import { scoringCoin } from "./scoring-coin";

/** Decisions of all apps that one turn passes over. */
const batch = 1000;
/** A decision's id is made a little before its transaction first writes: what is younger is looked at in a later turn. */
const settleSeconds = 15;

type Rule = {
  id: string;
  evaluator_id: string;
  version_id: string;
  app_id: string;
  quality: Quality;
  type_id: string | null;
  condition: string | null;
  rate: number;
  delay_seconds: number;
  cursor: string;
  ahead: string;
};

/**
 * A timer: takes one rule that has decisions before it, and puts those that it draws in line to be scored, in one
 * transaction with the mark of how far it looked. What is drawn depends on the decision's id alone, and its probability,
 * the rule's rate, is fixed before and stands with the score. A transaction that commits late is waited for: how far a
 * rule may look is set first, and it looks once whatever was being written then has ended. Answers how many decisions
 * were passed; many workers may run it.
 */
export async function openScores(
  ctx: Context,
  { settledAfterSeconds = settleSeconds }: { settledAfterSeconds?: number } = {},
): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const clock = await readClock(ctx, settledAfterSeconds);
    await lookAhead(ctx, clock);
    const rule = await holdRule(ctx, clock);
    if (!rule) return 0;
    const passed = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select id from decisions where id > ${rule.cursor} and id < ${rule.ahead} order by id limit ${batch}`,
    );
    const last = passed.at(-1)?.id;
    if (last !== undefined) await draw(ctx, rule, last);
    // With less than a batch before it, it has seen all there is until then.
    const isThrough = passed.length < batch || last === undefined;
    await rowsOf(
      ctx.db,
      isThrough
        ? sql`update evaluator_rules set cursor = ahead_cursor, ahead_cursor = null, ahead_xid = null where id = ${rule.id}`
        : sql`update evaluator_rules set cursor = ${last} where id = ${rule.id}`,
    );
    return passed.length;
  });
}

type Clock = { until: string; oldest: number };

/**
 * The first id of what is too young, and the oldest transaction that is still writing. Read before this one writes
 * anything: it would be the oldest itself.
 */
async function readClock(ctx: Context, settledAfterSeconds: number): Promise<Clock> {
  const [clock] = await rowsOf<{ ms: number; oldest: number }>(
    ctx.db,
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms,
        pg_snapshot_xmin(pg_current_snapshot())::text::float8 as oldest`,
  );
  if (!clock) throw new Error("the database told no time");
  const until = firstIdOf("decision", Math.floor(clock.ms) - settledAfterSeconds * 1000);
  return { until, oldest: clock.oldest };
}

/**
 * Sets how far each rule may look that has looked at all it could: whoever writes now must have ended before it does. All
 * of them have a lower number than this transaction.
 */
async function lookAhead(ctx: Context, { until }: Clock): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`with idle as (select r.id from evaluator_rules r join evaluators e on e.id = r.evaluator_id
        where r.org_id = ${ctx.orgId} and r.enabled and e.status <> 'archived' and r.ahead_cursor is null and r.cursor < ${until}
          and exists (select 1 from decisions d where d.id > r.cursor and d.id < ${until})
        for update of r skip locked)
      update evaluator_rules r set ahead_cursor = ${until}, ahead_xid = pg_current_xact_id()::text::bigint
      from idle where r.id = idle.id`,
  );
}

// The rule that is furthest behind of those that need wait for nobody.
async function holdRule(ctx: Context, { oldest }: Clock): Promise<Rule | undefined> {
  const [rule] = await rowsOf<Rule>(
    ctx.db,
    sql`select r.id, r.evaluator_id, e.version_id, e.app_id, e.quality, r.type_id, r.condition, r.rate, r.delay_seconds, r.cursor,
        r.ahead_cursor as ahead
      from evaluator_rules r join evaluators e on e.id = r.evaluator_id
      where r.org_id = ${ctx.orgId} and r.enabled and e.status <> 'archived' and r.ahead_xid <= ${oldest}
      order by r.cursor limit 1 for update of r skip locked`,
  );
  return rule;
}

type Row = {
  id: string;
  app: string;
  type: string;
  amount: number | null;
  currency: string | null;
  confidence: number | null;
  predicted: Prediction;
  input: JsonValue;
  context: ContextItem[] | null;
  arguments: JsonObject;
  subject_type: string | null;
  subject_id: string | null;
  metadata: JsonObject | null;
  model: string | null;
  prompt_version: string | null;
  reasons: Reason[];
};

async function draw(ctx: Context, rule: Rule, last: string): Promise<void> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select d.id, ap.key as app, t.key as type, d.amount, d.currency, d.confidence, d.predicted, d.input, d.context,
        d.arguments, d.subject_type, d.subject_id, d.metadata, d.model ->> 'name' as model, d.prompt_version, d.reasons
      from decisions d join apps ap on ap.id = d.app_id join decision_types t on t.id = d.type_id
      where d.id > ${rule.cursor} and d.id <= ${last} and d.org_id = ${ctx.orgId} and d.app_id = ${rule.app_id}
        and ${rule.type_id === null ? sql`true` : sql`d.type_id = ${rule.type_id}`} and not d.measure`,
  );
  const drawn = rows.filter((row) => scoringCoin(rule.evaluator_id, row.id) < rule.rate && holds(rule, row));
  if (drawn.length === 0) return;
  const scores = drawn.map(({ id }) => ({ id: newId("score"), decision_id: id }));
  // Where another rule drew it with a smaller rate, the chance that any of them would is the larger one.
  await rowsOf(
    ctx.db,
    sql`insert into scores (id, org_id, evaluator_id, version_id, scored_by, decision_id, quality, pi, run_at)
      select s.id, ${ctx.orgId}, ${rule.evaluator_id}, ${rule.version_id}, 'evaluator', s.decision_id, ${rule.quality},
        ${rule.rate}::float8, d.created_at + make_interval(secs => ${rule.delay_seconds})
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as s(id text, decision_id text)
      join decisions d on d.id = s.decision_id
      on conflict on constraint scores_once_unique do update set pi = greatest(scores.pi, excluded.pi)`,
  );
}

// A condition that cannot be evaluated never counts as true.
function holds({ condition }: Rule, row: Row): boolean {
  if (condition === null) return true;
  const rule = keptRule(condition);
  if (rule instanceof RuleProblem) return false;
  const { subject_type: type, subject_id: id } = row;
  return rule.holds({
    ...row,
    severity: "",
    context: row.context as JsonValue[] | null,
    subject: type !== null && id !== null ? { type, id } : null,
    reasons: row.reasons.map(({ code }) => code),
  }).holds;
}
