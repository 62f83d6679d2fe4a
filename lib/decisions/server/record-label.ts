import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Capability } from "@/lib/identity/matrix";
import type { LabelSource, Truth } from "../schema";
import { setting } from "./held-decision";
import { labelInsert, truthColumns } from "./label-sql";

export type NewLabel = {
  decisionId: string;
  source: LabelSource;
  truth: Truth;
  /** Probability that this label would be produced, set before the draw. */
  piLabel: number;
  /** Probability that any label would be, where that differs: what figures of the decision's truth weigh by. */
  truthPi?: number;
  actor?: string;
};

const capabilityOf: Record<LabelSource, Capability> = {
  review: "reviews.rule",
  audit: "audits.judge",
  outcome: "decisions.outcome",
};

/**
 * Records what the right answer was, in the caller's transaction: one label a decision and source (the latest
 * stands), and the decision's own `truth` follows the strongest source (outcome over audit over review).
 */
export async function recordLabel(ctx: Context, label: NewLabel): Promise<void> {
  if (!(ctx.actor.kind === "system" && label.actor)) authorize(ctx, capabilityOf[label.source]);
  const written = { ...label, actor: label.actor ?? actorName(ctx.actor) };
  const own = sql`(select id, org_id from decisions where id = ${label.decisionId} and org_id = ${ctx.orgId}) d`;
  await rowsOf(
    ctx.db,
    sql`with labelled as (${labelInsert(written, own)})
      update decisions set ${setting({ ...truthColumns(written), updated_at: sql`now()` })}
      where id = ${label.decisionId} and org_id = ${ctx.orgId}`,
  );
}
