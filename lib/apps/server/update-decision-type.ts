import { and, eq, like, sql } from "drizzle-orm";
import { apps, autonomies, decisionTypes, queues } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { UpdateDecisionType } from "../inputs";
import type { DecisionTypeView } from "../views";
import { findType, missing, requireVersion } from "./find";
import { readTypes } from "./read-types";
import { requireSchemas } from "./require-schema";
import { requireAction, requireCompensation } from "./type-parts";
import { archivedAt } from "./update-app";

/**
 * Changes a decision type; what is absent stays. The caller names the version it read; throws `stale_version` when
 * somebody was first, `invalid_schema`, and `conflict` where it begins to move money while one admin lets it run alone. Decisions already submitted keep what they were checked against.
 */
export async function updateDecisionType(ctx: Context, input: UpdateDecisionType): Promise<DecisionTypeView> {
  authorize(ctx, "apps.write");
  requireSchemas({ "/input_schema": input.input_schema, "/arguments_schema": input.arguments_schema });
  return inTransaction(ctx, async (ctx) => {
    const before = await findType(ctx, input.type);
    requireVersion("decision type", input.version, before.version);
    await requireAction(ctx, input.action_id);
    await requireCompensation(ctx, input.compensation);
    const changed = await ctx.db
      .update(decisionTypes)
      .set({
        ...columnsOf(input),
        archivedAt: archivedAt(input.archived, before.archivedAt),
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(and(eq(decisionTypes.id, before.id), eq(decisionTypes.version, input.version)))
      .returning({ id: decisionTypes.id, raisingTakesTwo: decisionTypes.raisingTakesTwo });
    if (!before.raisingTakesTwo && changed[0]?.raisingTakesTwo) await requireNothingAlone(ctx, before.id);
    // Somebody changed it between the reading and the writing.
    if (changed.length === 0) requireVersion("decision type", input.version, before.version + 1);
    await changeQueue(ctx, before.queueId, input.queue);
    const [view] = await readTypes(ctx, { where: eq(decisionTypes.id, before.id), limit: 1 });
    const { type: _, version: __, ...fields } = input;
    const data = { version: before.version + 1, changed: Object.keys(fields), archived: input.archived };
    await record(ctx, "decision_type.changed", before.id, data);
    return view ?? missing("decision type", input.type);
  });
}

/** What one admin let run alone stays so for a type of no weight: before it moves money, that is taken back. */
async function requireNothingAlone(ctx: Context, typeId: string): Promise<void> {
  const [alone] = await ctx.db
    .select({ name: apps.name })
    .from(autonomies)
    .innerJoin(apps, eq(apps.id, autonomies.appId))
    .where(
      and(eq(autonomies.typeId, typeId), eq(autonomies.level, "auto"), like(autonomies.updatedBy, "user:%")),
    )
    .limit(1);
  if (!alone) return;
  throw new DomainError(
    "conflict",
    `${alone.name} lets this type run alone, and one admin alone set that. Before it moves money or cannot be undone, set it to review all; then two may raise it again.`,
  );
}

async function changeQueue(ctx: Context, queueId: string, times: UpdateDecisionType["queue"]): Promise<void> {
  if (times?.lease_seconds === undefined && times?.undo_seconds === undefined) return;
  await ctx.db
    .update(queues)
    .set({ leaseSeconds: times.lease_seconds, undoSeconds: times.undo_seconds })
    .where(and(eq(queues.id, queueId), eq(queues.orgId, ctx.orgId)));
}

// Drizzle leaves out what is undefined.
function columnsOf(input: UpdateDecisionType) {
  return {
    name: input.name,
    description: input.description,
    inputSchema: input.input_schema,
    argumentsSchema: input.arguments_schema,
    actionId: input.action_id,
    reversibility: input.reversibility,
    costWrongYes: input.cost_wrong_yes,
    costWrongNo: input.cost_wrong_no,
    currency: input.currency,
    amountPointer: input.amount_pointer,
    currencyPointer: input.currency_pointer,
    summaryTemplate: input.summary_template,
    declineReasons: input.decline_reasons,
    approvalTtlMinutes: input.approval_ttl_minutes,
    compensation: input.compensation,
    segments: input.segments,
  };
}
