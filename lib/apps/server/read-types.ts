import { and, desc, eq, type SQL } from "drizzle-orm";
import { connectorActions, connectors, decisionTypes, queues } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import type { DecisionTypeView } from "../views";

export type TypeQuery = { where: SQL | undefined; order?: SQL; limit: number };

/** Decision types as they are shown, with their queue and connector action; the caller has authorised. */
export async function readTypes(ctx: Context, query: TypeQuery): Promise<DecisionTypeView[]> {
  const rows = await ctx.db
    .select({ type: decisionTypes, queue: queues, action: connectorActions, connector: connectors })
    .from(decisionTypes)
    .innerJoin(queues, eq(queues.id, decisionTypes.queueId))
    .leftJoin(connectorActions, eq(connectorActions.id, decisionTypes.actionId))
    .leftJoin(connectors, eq(connectors.id, connectorActions.connectorId))
    .where(and(eq(decisionTypes.orgId, ctx.orgId), query.where))
    .orderBy(query.order ?? desc(decisionTypes.id))
    .limit(query.limit);
  return rows.map(toView);
}

type Row = {
  type: typeof decisionTypes.$inferSelect;
  queue: typeof queues.$inferSelect;
  action: typeof connectorActions.$inferSelect | null;
  connector: typeof connectors.$inferSelect | null;
};

function toView({ type, queue, action, connector }: Row): DecisionTypeView {
  return {
    id: type.id,
    object: "decision_type",
    key: type.key,
    name: type.name,
    description: type.description,
    input_schema: type.inputSchema,
    arguments_schema: type.argumentsSchema,
    action:
      action && connector
        ? {
            id: action.id,
            key: action.key,
            name: action.name,
            connector_id: connector.id,
            connector: connector.key,
            class: connector.class,
          }
        : null,
    queue: {
      id: queue.id,
      key: queue.key,
      name: queue.name,
      lease_seconds: queue.leaseSeconds,
      undo_seconds: queue.undoSeconds,
    },
    reversibility: type.reversibility,
    cost_wrong_yes: type.costWrongYes,
    cost_wrong_no: type.costWrongNo,
    currency: type.currency,
    amount_pointer: type.amountPointer,
    currency_pointer: type.currencyPointer,
    summary_template: type.summaryTemplate,
    decline_reasons: type.declineReasons,
    approval_ttl_minutes: type.approvalTtlMinutes,
    compensation: type.compensation,
    segments: type.segments,
    version: type.version,
    created_at: type.createdAt.toISOString(),
    updated_at: type.updatedAt.toISOString(),
    archived_at: type.archivedAt?.toISOString() ?? null,
  };
}
