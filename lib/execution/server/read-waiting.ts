import { sql, type SQL } from "drizzle-orm";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass, ConnectorKind } from "@/lib/apps/schema";
import { actionDigest } from "@/lib/decisions/server/digest";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { hotRowsOf } from "@/lib/server/rows";
import type { Connector } from "../connector";
import type { Waiting } from "../next-step";
import type { AttemptOutcome, ExecutionKind, ExecutionStatus } from "../schema";
import { connectorOf } from "./connectors/connector-of";

/** An execution with all that its next step depends on, read in one snapshot. */
export type WaitingRow = {
  id: string;
  decision_id: string;
  app_id: string;
  type_id: string;
  /** Whom it is about, `type:id`; null when nobody said. */
  subject: string | null;
  /** What the act moves, minor units of `currency`. */
  amount: number | null;
  currency: string | null;
  /** The currency its action's largest amount is in, the type's own; null where the action sets none. */
  cap_currency: string | null;
  /** Its type moves money, and how much this act does cannot be read from its arguments. */
  hides_amount: boolean;
  status: ExecutionStatus;
  kind: ExecutionKind;
  action_key: string;
  arguments: JsonObject;
  /** The target's state the approval rests on; null where nobody looked. */
  expected_state: JsonValue;
  /** The execution this one would undo. */
  compensates_id: string | null;
  /** Why undoing that one must not begin as things are: it is in dispute, or another try may have undone it. */
  undo_obstacle: "disputed" | "other_try" | null;
  action_digest: string;
  attempt: number;
  max_attempts: number;
  fence: number;
  is_absent: boolean;
  is_late: boolean;
  /** A person asked for it to be sent again. */
  is_retry: boolean;
  sent_ago: number | null;
  is_credential_newer: boolean;
  last_outcome: AttemptOutcome | null;
  last_error: string | null;
  /** Milliseconds since the last send ended; null while none has. */
  quiet_ms: number | null;
  decision_status: string;
  decision_digest: string | null;
  connector_id: string;
  connector_version: number;
  /** The version of the connector that its approval signed. */
  signed_version: number | null;
  connector_kind: ConnectorKind;
  connector_class: ConnectorClass;
  secret: string | null;
  config: StoredConnectorConfig;
  action_id: string;
  action_config: StoredActionConfig;
};

/** The rows of `source` (a FROM item called e) with their decisions and doors. */
export function readWaiting(ctx: Context, source: SQL, more: SQL = sql``): Promise<WaitingRow[]> {
  return hotRowsOf<WaitingRow>(
    ctx.db,
    sql`select e.id, e.decision_id, e.app_id, e.type_id, d.subject_type || ':' || d.subject_id as subject,
        coalesce(e.amount, case when d.edited_arguments is null then d.amount end) as amount,
        coalesce(e.currency, d.currency) as currency,
        case when jsonb_typeof(a.config -> 'max_amount') = 'number'
          then (select t.currency from decision_types t where t.id = e.type_id) end as cap_currency,
        e.amount is null and (d.edited_arguments is not null or d.amount is null) and exists (select 1 from decision_types t
          where t.id = e.type_id and t.amount_pointer is not null) as hides_amount, e.status, e.kind, e.action_key, e.arguments, e.expected_state,
        d.compensates_id, case when d.compensates_id is null then null
          when exists (select 1 from executions p where p.id = d.compensates_id and p.status <> 'succeeded') then 'disputed'
          when undoing_in_effect(d.compensates_id, d.id) then 'other_try' end as undo_obstacle, e.action_digest, e.attempt,
        e.max_attempts, e.fence::float8 as fence, e.last_error, e.connector_class, coalesce(e.absent_fence = e.fence, false) as is_absent,
        coalesce(e.execute_before <= now(), false) as is_late,
        e.retry_asked_by is not null as is_retry,
        extract(epoch from now() - e.first_sent_at)::float8 as sent_ago,
        coalesce(c.updated_at > e.first_sent_at, false) as is_credential_newer,
        s.outcome as last_outcome, extract(epoch from now() - s.ended_at)::float8 * 1000 as quiet_ms,
        d.status as decision_status, d.action_digest as decision_digest,
        c.id as connector_id, c.version as connector_version, e.connector_version as signed_version, c.kind as connector_kind, c.secret, c.config,
        a.id as action_id, a.config as action_config
      from ${source}
      join decisions d on d.id = e.decision_id
      join connectors c on c.id = e.connector_id
      join connector_actions a on a.id = e.action_id
      left join attempts s on e.status <> 'pending' and s.execution_id = e.id and s.fence = e.fence and s.kind = 'send'
      where e.org_id = ${ctx.orgId} ${more}`,
  );
}

/** The door a waiting execution goes through. Throws when it cannot be built (a secret that does not open). */
export function doorOf(row: WaitingRow): Connector {
  return connectorOf({
    connectorId: row.connector_id,
    kind: row.connector_kind,
    class: row.connector_class,
    secret: row.secret,
    config: row.config,
    actionConfig: row.action_config,
  });
}

/** The facts nextStep rules on. */
export function waitingOf(row: WaitingRow, door: Connector): Waiting {
  return {
    status: row.status === "pending" ? "pending" : "unknown",
    class: door.class,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    sentAgo: row.sent_ago,
    keyTtlSeconds: door.keyTtlSeconds,
    canLookUp: door.canLookUp,
    // "Nothing of it" under a newer credential does not make a refusal certain.
    isRefused: row.last_outcome === "refused" && !row.is_credential_newer,
    isAbsent: row.is_absent,
    isCredentialNewer: row.is_credential_newer,
    isAccepted: row.last_outcome === "accepted",
    isLate: row.is_late,
    isRetry: row.is_retry,
  };
}

/** True when what is stored now (arguments, action, connector version) is what the approval signed. */
export function isAsSigned(row: WaitingRow): boolean {
  return row.decision_digest === row.action_digest && digestNow(row) === row.action_digest;
}

/** True when nothing but the connector is another than the approval signed: somebody changed it since. */
export function isConnectorNewer(row: WaitingRow): boolean {
  const { signed_version: signed } = row;
  return (
    signed !== null &&
    signed !== row.connector_version &&
    row.decision_digest === row.action_digest &&
    digestNow({ ...row, connector_version: signed }) === row.action_digest
  );
}

/** The digest of what would run now, recomputed from the stored arguments and the connector as it is. */
export function digestNow(row: WaitingRow): string {
  return actionDigest({
    decisionId: row.decision_id,
    actionId: row.action_id,
    connectorId: row.connector_id,
    connectorVersion: row.connector_version,
    arguments: row.arguments,
  });
}
