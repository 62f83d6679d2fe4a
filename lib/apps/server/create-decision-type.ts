import { eq } from "drizzle-orm";
import { decisionTypes, stops } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CreateDecisionType } from "../inputs";
import type { DecisionTypeView } from "../views";
import { keyTaken, missing } from "./find";
import { readTypes } from "./read-types";
import { requireSchemas } from "./require-schema";
import { queueFor, requireAction, requireCompensation } from "./type-parts";

/** Makes a decision type, with a queue and a kill switch of its own. Throws `invalid_schema` and `key_taken`. */
export async function createDecisionType(ctx: Context, input: CreateDecisionType): Promise<DecisionTypeView> {
  authorize(ctx, "apps.write");
  requireSchemas({ "/input_schema": input.input_schema, "/arguments_schema": input.arguments_schema });
  return inTransaction(ctx, async (ctx) => {
    await requireAction(ctx, input.action_id);
    await requireCompensation(ctx, input.compensation);
    const id = newId("decisionType");
    const [made] = await ctx.db
      .insert(decisionTypes)
      .values({
        id,
        orgId: ctx.orgId,
        key: input.key,
        queueId: await queueFor(ctx, input),
        ...columnsOf(input),
      })
      .onConflictDoNothing({ target: [decisionTypes.orgId, decisionTypes.key] })
      .returning({ id: decisionTypes.id });
    if (!made) return keyTaken("a decision type", input.key);
    await ctx.db.insert(stops).values({ orgId: ctx.orgId, scope: "type", scopeId: id });
    const [view] = await readTypes(ctx, { where: eq(decisionTypes.id, id), limit: 1 });
    await record(ctx, "decision_type.created", id, { key: input.key, version: 1 });
    return view ?? missing("decision type", id);
  });
}

function columnsOf(input: CreateDecisionType) {
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
