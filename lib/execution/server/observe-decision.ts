import { sql } from "drizzle-orm";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import { Observe, type ConnectorClass, type ConnectorKind } from "@/lib/apps/schema";
import type { Observed } from "@/lib/decisions/observed";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { connectorOf } from "./connectors/connector-of";
import { observeTarget } from "./observe-target";

type Row = {
  arguments: JsonObject;
  connector_id: string;
  kind: ConnectorKind;
  class: ConnectorClass;
  secret: string | null;
  config: StoredConnectorConfig;
  action_config: StoredActionConfig;
};

/**
 * Reads the state that a waiting decision's action would touch, on the arguments that stand or on `args`, and keeps it with
 * the decision: an approval rests on it. Null when the action has nothing to observe. Throws `cannot_observe` when it
 * cannot be read or what it is about is not there, and remembers that it was tried.
 */
export async function observeDecision(
  ctx: Context,
  { decisionId, args }: { decisionId: string; args?: JsonObject },
): Promise<Observed | null> {
  authorize(ctx, ctx.actor.kind === "system" ? "system.run" : "reviews.rule");
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select coalesce(d.edited_arguments, d.arguments) as arguments, co.id as connector_id, co.kind, co.class, co.secret, co.config, ca.config as action_config
      from decisions d join decision_types t on t.id = d.type_id join connector_actions ca on ca.id = t.action_id
      join connectors co on co.id = ca.connector_id where d.id = ${decisionId} and d.org_id = ${ctx.orgId} and not d.measure`,
  );
  const observe = row?.action_config.observe ?? null;
  if (!row || observe === null) return null;
  const connector = connectorOf({
    connectorId: row.connector_id,
    kind: row.kind,
    class: row.class,
    secret: row.secret,
    config: row.config,
    actionConfig: row.action_config,
  });
  // A look has no effect, so nobody needs to recognise it: the decision's own id stands where a key is asked for.
  const act = { actionKey: decisionId, arguments: args ?? row.arguments };
  const { observed, isGone, error } = await observeTarget(connector, Observe.parse(observe), act);
  await store(ctx, decisionId, isGone ? null : observed);
  if (error !== null) {
    // Asking again helps where the system is away, not where it says that there is no such thing.
    throw new DomainError(
      isGone ? "invalid" : "unavailable",
      `What this would change cannot be seen: ${error}`,
      {
        code: "cannot_observe",
      },
    );
  }
  return observed;
}

async function store(ctx: Context, decisionId: string, observed: Observed | null): Promise<void> {
  const state = observed === null ? null : JSON.stringify(observed);
  await rowsOf(
    ctx.db,
    sql`update decisions set observed = ${state}::jsonb, observed_at = now()
      where id = ${decisionId} and org_id = ${ctx.orgId} and status in ('in_review', 'awaiting_second')`,
  );
}
