import { and, eq, sql } from "drizzle-orm";
import { decisions, labels } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { labelSources, type LabelSource, type Truth } from "../schema";
import type { Capability } from "@/lib/identity/matrix";

export type NewLabel = {
  decisionId: string;
  source: LabelSource;
  truth: Truth;
  /** Probability that this label would be produced, set before the draw. */
  piLabel: number;
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
  const actor = label.actor ?? actorName(ctx.actor);
  await ctx.db
    .insert(labels)
    .values({ id: newId("label"), orgId: ctx.orgId, ...label, actor })
    .onConflictDoUpdate({
      target: [labels.decisionId, labels.source],
      set: { truth: label.truth, piLabel: label.piLabel, actor, createdAt: sql`now()` },
    });
  const stronger = labelSources.slice(labelSources.indexOf(label.source) + 1);
  await ctx.db
    .update(decisions)
    .set({
      truth: label.truth,
      truthSource: label.source,
      truthPi: label.piLabel,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(decisions.id, label.decisionId),
        eq(decisions.orgId, ctx.orgId),
        sql`not exists (select 1 from ${labels} s where s.decision_id = ${label.decisionId}
          and s.source = any(${sql.param([...stronger])}))`,
      ),
    );
}
