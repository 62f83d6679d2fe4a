import { sql, type SQL } from "drizzle-orm";
import { seesMeasures } from "@/lib/decisions/server/sees-measures";
import { actionSummary } from "@/lib/decisions/summary";
import type { Reason } from "@/lib/decisions/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { keptRule, type Rule } from "@/lib/policies/cel";
import type { Facts } from "@/lib/policies/facts";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { severityOf } from "../impact";
import type { RuleTrial, TryRule } from "../queues";
import type { Severity } from "../schema";
import type { Reversibility } from "@/lib/apps/schema";

const mostTried = 500;
const mostShown = 5;

/**
 * Holds a rule against the latest decisions that people were asked about: whether it can be used, for how many it is
 * true, and how many it would have taken behind the rules that are asked before it. Changes nothing.
 */
export async function tryQueueRule(ctx: Context, input: TryRule): Promise<RuleTrial> {
  authorize(ctx, "queues.read");
  const rule = keptRule(input.rule);
  if (rule instanceof RuleProblem) return unusable(rule);
  const earlier = await rulesBefore(ctx, input);
  const trial: RuleTrial = { ...nothing, object: "rule_trial" };
  for (const row of await latest(ctx)) {
    trial.of += 1;
    const facts = factsOf(row);
    const { holds, error } = rule.holds(facts);
    if (error) {
      trial.fails += 1;
      trial.failure ??= error.message;
    }
    if (!holds) continue;
    trial.holds += 1;
    if (earlier.some((other) => other.holds(facts).holds)) continue;
    trial.takes += 1;
    if (trial.examples.length < mostShown) trial.examples = [...trial.examples, exampleOf(row)];
  }
  return trial;
}

const nothing = { problem: null, of: 0, holds: 0, takes: 0, fails: 0, failure: null, examples: [] };

function unusable({ message, fix, at, line, column }: RuleProblem): RuleTrial {
  return { ...nothing, object: "rule_trial", problem: { message, fix, ...at, line, column } };
}

/** The rules asked before this one; for a queue to come, those at its position or lower. */
async function rulesBefore(ctx: Context, { queue, position }: TryRule): Promise<Rule[]> {
  const own: SQL = queue === undefined ? sql`true` : sql`${queue} not in (q.key, q.id)`;
  const at = position === undefined ? sql`null::int` : sql`${position}::int`;
  const ownId = sql`(select o.id from queues o where o.org_id = ${ctx.orgId} and ${queue ?? ""} in (o.key, o.id))`;
  const ownPosition = sql`coalesce(${at}, (select o.position from queues o where o.id = ${ownId}), 0)`;
  const rows = await rowsOf<{ rule: string }>(
    ctx.db,
    sql`select q.rule from queues q where q.org_id = ${ctx.orgId} and q.archived_at is null and q.rule is not null and ${own}
        and (q.position, q.id) < (${ownPosition}, coalesce(${ownId}, '~'))
      order by q.position, q.id`,
  );
  return rows.flatMap(({ rule }) => {
    const read = keptRule(rule);
    return read instanceof RuleProblem ? [] : [read];
  });
}

type Row = {
  id: string;
  type: string;
  type_name: string;
  summary_template: string;
  app: string;
  amount: number | string | null;
  currency: string | null;
  confidence: number | null;
  predicted: string;
  severity: Severity | null;
  amount_cap: number | string | null;
  cap_currency: string;
  reversibility: Reversibility;
  input: JsonValue;
  context: JsonValue[] | null;
  arguments: JsonObject;
  subject_type: string | null;
  subject_id: string | null;
  metadata: JsonObject | null;
  model: string | null;
  prompt_version: string | null;
  reasons: Reason[];
};

function latest(ctx: Context): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select d.id, t.key as type, t.name as type_name, t.summary_template, a.key as app, d.amount, d.currency, d.confidence,
        d.predicted, r.severity, au.amount_cap, t.currency as cap_currency, t.reversibility, d.input, d.context, d.arguments,
        d.subject_type, d.subject_id, d.metadata, d.model ->> 'name' as model, d.prompt_version, d.reasons
      from (select r.decision_id, r.severity, r.id from reviews r join decisions m on m.id = r.decision_id
        where r.org_id = ${ctx.orgId} and r.kind = 'approval' and ${seesMeasures(ctx) ? sql`true` : sql`not m.measure`}
        order by r.id desc limit ${mostTried}) r
      join decisions d on d.id = r.decision_id and not d.measure join decision_types t on t.id = d.type_id join apps a on a.id = d.app_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      order by r.id desc`,
  );
}

function moneyOf({ amount, currency }: Row) {
  return amount === null || currency === null ? null : { amount: Number(amount), currency };
}

function factsOf(row: Row): Facts {
  const amount = moneyOf(row);
  const cap = row.amount_cap === null ? null : { amount: Number(row.amount_cap), currency: row.cap_currency };
  const { subject_type, subject_id, reversibility, amount_cap: _, cap_currency: __, reasons, ...rest } = row;
  return {
    ...rest,
    amount: amount?.amount ?? null,
    currency: amount?.currency ?? null,
    severity: row.severity ?? severityOf({ amount, cap, reversibility }),
    subject: subject_type === null || subject_id === null ? null : { type: subject_type, id: subject_id },
    // Where it waits was not known when its queue was chosen.
    reasons: reasons.filter(({ kind }) => kind !== "queue").map(({ code }) => code),
  };
}

function exampleOf(row: Row) {
  return {
    decision_id: row.id,
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, moneyOf(row)),
  };
}
