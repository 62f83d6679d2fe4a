import { sql } from "drizzle-orm";
import { heldColumns, heldSource, type HeldDecision } from "@/lib/decisions/server/held-decision";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { hotRowsOf } from "@/lib/server/rows";
import type { Verdict } from "@/lib/kernel/statuses";

/** What a verdict is checked against. */
export type Case = HeldDecision & {
  type_version: number;
  arguments_schema: JsonObject;
  decline_reasons: string[];
  staged_verdict: Verdict | null;
  staged_arguments: JsonObject | null;
  staged_reason: string | null;
  staged_note: string | null;
};

/** The decision and type of a review, as they are now. Throws `not_found`. */
export async function readCase(ctx: Context, reviewId: string): Promise<Case> {
  const [found] = await hotRowsOf<Case>(
    ctx.db,
    sql`select ${heldColumns}, t.version as type_version, t.arguments_schema, t.decline_reasons, r.staged_verdict,
        r.edited_arguments as staged_arguments, r.reason_code as staged_reason, r.note as staged_note
      from ${heldSource} join reviews r on r.decision_id = d.id
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId}`,
  );
  if (!found) throw new DomainError("not_found", `There is no review ${reviewId}`);
  return found;
}
