import { sql, type SQL } from "drizzle-orm";
import type { ConnectorClass, Observe } from "@/lib/apps/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DecisionStatus } from "../schema";

/** A decision whose row is held until commit, with all that moving it needs: what an approval of it would sign. */
export type HeldDecision = {
  decision_id: string;
  decision_status: DecisionStatus;
  decided_by: string | null;
  submitted_by: string;
  /** Its own limit (`expires_at`) has passed by the database's clock: nobody approves it any more. */
  is_past: boolean;
  /** A copy that measures its reviewer: it has no action here, so nothing of it is observed, signed or sent. */
  measure: boolean;
  app_id: string;
  type_id: string;
  arguments: JsonObject;
  approvals: number;
  /** The target's state as last observed (lib/decisions/observed.ts). */
  observed: JsonValue;
  compensates_id: string | null;
  amount_pointer: string | null;
  currency_pointer: string | null;
  type_currency: string;
  approval_ttl_minutes: number;
  action_id: string | null;
  connector_id: string | null;
  connector_version: number | null;
  connector_class: ConnectorClass | null;
  max_attempts: number | null;
  hold_seconds: number;
  observe: Observe | null;
};

/** The columns of a {@link HeldDecision}, over {@link heldSource}. */
export const heldColumns = sql`d.id as decision_id, d.status as decision_status, d.decided_by, d.submitted_by, d.measure, d.app_id,
  coalesce(d.expires_at <= now(), false) as is_past, d.type_id, d.arguments, d.approvals, d.observed, d.compensates_id, t.amount_pointer, t.currency_pointer,
  t.currency as type_currency, t.approval_ttl_minutes, ca.id as action_id, co.id as connector_id,
  co.version as connector_version, co.class as connector_class,
  coalesce((co.config ->> 'max_attempts')::int, 8) as max_attempts,
  coalesce((ca.config ->> 'hold_seconds')::int, 0) as hold_seconds, ca.config -> 'observe' as observe`;

/** Decisions `d` with their type `t`, its action `ca` and connector `co`, after `from`. */
export const heldSource = sql`decisions d join decision_types t on t.id = d.type_id
  left join connector_actions ca on ca.id = t.action_id and not d.measure left join connectors co on co.id = ca.connector_id`;

/** Holds one decision until commit. Throws `not_found`. */
export async function holdDecision(ctx: Context, decisionId: string): Promise<HeldDecision> {
  const [held] = await rowsOf<HeldDecision>(
    ctx.db,
    sql`select ${heldColumns} from ${heldSource} where d.id = ${decisionId} and d.org_id = ${ctx.orgId} for update of d`,
  );
  if (!held) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  return held;
}

/** What a held decision's approval would run on these arguments, for the digest. */
export function signedBy(held: HeldDecision, args: JsonObject) {
  return {
    decisionId: held.decision_id,
    actionId: held.action_id,
    connectorId: held.connector_id,
    connectorVersion: held.connector_version,
    arguments: args,
  };
}

/** The pieces of an UPDATE that set what is given. */
export function setting(columns: Record<string, SQL>): SQL {
  return sql.join(
    Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`),
    sql`, `,
  );
}
