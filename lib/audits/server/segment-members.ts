import { sql } from "drizzle-orm";
import type { ContextItem, Prediction, Reason } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { compileRule, type Rule } from "@/lib/policies/cel";
import type { Facts } from "@/lib/policies/facts";
import { RuleProblem } from "@/lib/policies/rule-problem";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PlanSpec } from "../plans";
import { basicConditions } from "./plan-population";

const batch = 2000;

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

/**
 * Ids of the decisions that a plan's segment holds for, read in batches; undefined where the plan has none. What the
 * expression cannot be evaluated for is not in the segment. Throws `validation_failed` for an expression that is wrong.
 */
export async function segmentMembers(ctx: Context, spec: PlanSpec): Promise<string[] | undefined> {
  if (spec.segment === undefined) return undefined;
  const rule = ruleOf(spec.segment);
  const members: string[] = [];
  for (let after = ""; ;) {
    const rows = await rowsOf<Row>(
      ctx.db,
      sql`select d.id, ap.key as app, t.key as type, d.amount, d.currency, d.confidence, d.predicted, d.input, d.context,
          d.arguments, d.subject_type, d.subject_id, d.metadata, d.model ->> 'name' as model, d.prompt_version, d.reasons
        from decisions d join apps ap on ap.id = d.app_id join decision_types t on t.id = d.type_id
        where ${basicConditions(ctx, spec)} and d.id > ${after} order by d.id limit ${batch}`,
    );
    members.push(...rows.filter((row) => rule.holds(factsOf(row)).holds).map(({ id }) => id));
    if (rows.length < batch) return members;
    after = rows.at(-1)?.id ?? after;
  }
}

/** The expression, read and checked. */
export function ruleOf(segment: string): Rule {
  try {
    if (/\bseverity\b/.test(segment))
      throw refused("severity is worked out for reviews only", "Use decision.amount");
    return compileRule(segment);
  } catch (error) {
    if (error instanceof RuleProblem) throw refused(error.message, error.fix ?? undefined);
    throw error;
  }
}

function refused(message: string, fix: string | undefined): DomainError {
  return new DomainError("invalid", `/spec/segment: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/spec/segment", code: "wrong_expression", message, ...(fix ? { fix } : {}) }],
  });
}

function factsOf(row: Row): Facts {
  return {
    ...row,
    severity: "",
    context: row.context as JsonValue[] | null,
    arguments: row.arguments,
    subject:
      row.subject_type !== null && row.subject_id !== null
        ? { type: row.subject_type, id: row.subject_id }
        : null,
    reasons: row.reasons.map(({ code }) => code),
  };
}
