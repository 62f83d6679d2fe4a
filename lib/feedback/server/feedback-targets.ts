import { sql } from "drizzle-orm";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { checkEvidence, type CheckedEvidence, type EvidenceSource } from "../evidence";
import type { NewFeedback } from "../schema";

/** What feedback on a decision is checked against. */
export type FeedbackTarget = {
  id: string;
  type_id: string;
  type_version: number;
  arguments_schema: JsonObject;
};

/** Those of these decisions that this caller may speak of, by id. */
export async function feedbackTargets(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, FeedbackTarget>> {
  const rows = await rowsOf<FeedbackTarget>(
    ctx.db,
    sql`select d.id, t.id as type_id, t.version as type_version, t.arguments_schema
      from decisions d join decision_types t on t.id = d.type_id where ${isKnown(ctx, ids)}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What can be quoted of these decisions, by id. */
export async function evidenceSources(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, EvidenceSource>> {
  const rows = await rowsOf<EvidenceSource & { id: string }>(
    ctx.db,
    sql`select d.id, d.input, d.context, d.arguments, d.rationale from decisions d where ${isKnown(ctx, ids)}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function isKnown(ctx: Context, ids: readonly string[]) {
  const app = appBound(ctx);
  const bound = app === undefined ? sql`` : sql` and d.app_id = ${app} and not d.measure`;
  const list = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
  return sql`d.id in (${list}) and d.org_id = ${ctx.orgId}${bound}`;
}

/** What of it does not fit the decision, and the evidence with its offsets. `source` may be left out without evidence. */
export function checkAgainst(
  target: FeedbackTarget,
  source: EvidenceSource | undefined,
  { correction, evidence = [] }: Pick<NewFeedback, "correction" | "evidence">,
): CheckedEvidence {
  const checked: CheckedEvidence = source ? checkEvidence(source, evidence) : { spans: [], errors: [] };
  return { spans: checked.spans, errors: [...correctionErrors(target, correction), ...checked.errors] };
}

function correctionErrors(
  { type_id, type_version, arguments_schema }: FeedbackTarget,
  correction: NewFeedback["correction"],
): FieldError[] {
  if (correction === undefined) return [];
  return validatorOf(`${type_id}@${type_version}/arguments`, arguments_schema)(correction, "/correction");
}
