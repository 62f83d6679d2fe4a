import { sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { EventType } from "@/lib/kernel/events";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { JournalLine } from "@/lib/server/journal";
import { hotRowsOf } from "@/lib/server/rows";
import type { DecisionStatus, Truth } from "../schema";
import { setting } from "./held-decision";
import { labelInsert, truthColumns } from "./label-sql";

/** What a move says of its decision, as the statement reads it from its list; what is left out is null there. */
export type MoveItem = {
  decision_id: string;
  goes_to: DecisionStatus;
  decider: string;
  edited?: JsonObject;
  /** The target's state as it is now. */
  looked?: { observed: JsonValue };
  signed?: { digest: string; nonce: string; seconds: number };
  execution?: ExecutionItem;
  label?: { id: string; truth: Truth; pi: number; actor: string };
  told: readonly { type: EventType; subject: string; data?: object }[];
  taking?: TakingItem;
};

export type ExecutionItem = {
  id: string;
  type_id: string;
  connector_id: string | null;
  action_id: string;
  connector_class: string | null;
  connector_version: number | null;
  max_attempts: number | null;
  action_key: string;
  arguments: JsonObject;
  amount?: number;
  currency?: string;
  hold_seconds: number;
  observes: boolean;
};

/** What the decision was read as, what its entitlement rests on (`update` reads it), and the journal's line. */
export type TakingItem = {
  approvals: number;
  was: DecisionStatus;
  with: object;
  line: JournalLine;
};

/** What entitles to a move: a row of another table, `r`, that is taken with it. */
export type Entitlement = {
  /** A JOIN of `r` to the list `i`. */
  join: SQL;
  /** An UPDATE … FROM i JOIN held ON held.at = i.at … RETURNING i.at: where it changes nothing, nothing moves. */
  update: SQL;
};

export type MoveOptions = {
  entitlement?: Entitlement;
  /** More of the statement, as CTEs that read `moved`. */
  also?: readonly SQL[];
};

/**
 * Moves decisions in one statement, and says of each whether it moved: the decision, the execution that carries an
 * approval, the label, the events, and with an entitlement what entitles to it and its line in the journal. One waits
 * for whoever holds what it takes; several pass over what is held, so that nobody waits for a stranger's row. A decision
 * stands in the list once. `moved` has the item's columns beside the decision's id, org_id and app_id.
 */
export async function moveAll(
  db: Database,
  items: readonly MoveItem[],
  { entitlement, also = [] }: MoveOptions = {},
): Promise<boolean[]> {
  const list = JSON.stringify(items.map((item, at) => ({ ...item, at })));
  const rows = await hotRowsOf<{ at: number }>(
    db,
    sql`with i as materialized (select * from jsonb_to_recordset(${list}::jsonb) as i(at int, decision_id text,
        goes_to text, decider text, edited jsonb, looked jsonb, signed jsonb, execution jsonb, label jsonb, told jsonb, taking jsonb)),
      ${entitlement ? entitled(entitlement, items.length > 1) : sql``}
      moved as (update decisions set ${setting(columns)} from i ${entitlement ? sql`join taken on taken.at = i.at` : sql``}
        where decisions.id = i.decision_id
        returning i.*, decisions.id, org_id, app_id, approval_nonce, approval_expires_at, observed),
      executed as (${executionInsert}),
      labelled as (${labelInsert(label, sql`(select * from moved where label is not null) m`)}),
      ${entitlement ? sql`journalled as (${journalled}),` : sql`unsigned as (${voiding}),`}
      ${also.length > 0 ? sql`${sql.join([...also], sql`, `)},` : sql``}
      told as (insert into events (org_id, type, decision_id, subject, data)
        select org_id, e.type, id, e.subject, coalesce(e.data, '{}')
        from moved, jsonb_to_recordset(moved.told) as e(type text, subject text, data jsonb))
      select at from moved`,
  );
  const moved = new Set(rows.map(({ at }) => at));
  return items.map((_, at) => moved.has(at));
}

// The decision's row first: whoever changes a review too takes them so. Several take all they move here, or nothing of it.
function entitled({ join, update }: Entitlement, isShared: boolean): SQL {
  const held = isShared
    ? sql`${join} where ${asRead} for no key update of d, r skip locked`
    : sql`where ${asRead} for no key update of d`;
  return sql`held as materialized (select i.at, d.id from i join decisions d on d.id = i.decision_id ${held}),
    taken as (${update}),`;
}

const asRead = sql`d.approvals = (i.taking ->> 'approvals')::int and d.status = i.taking ->> 'was'
  and (d.expires_at is null or d.expires_at > now())`;

const journalled = sql`insert into journal (org_id, actor, action, subject, entry)
  select org_id, line ->> 'actor', line ->> 'action', line ->> 'subject', line ->> 'entry'
  from (select org_id, taking -> 'line' as line from moved order by at) m`;

// No approval outlives the way back: whoever gave it gives it anew for how things are now. What somebody changed stays
// theirs, because it is what comes before a person again.
const voiding = sql`update approvals set voided_at = now() from moved
  where moved.goes_to = 'in_review' and approvals.decision_id = moved.id and voided_at is null and verdict <> 'edit'`;

const label = {
  id: sql`label ->> 'id'`,
  source: "review",
  truth: sql`label ->> 'truth'`,
  piLabel: sql`(label ->> 'pi')`,
  actor: sql`label ->> 'actor'`,
} as const;

const executionInsert = sql`insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id,
    connector_class, connector_version, max_attempts, action_key, arguments, action_digest, amount, currency,
    approval_nonce, execute_before, expected_state, held_until, next_at)
  select x.id, org_id, moved.id, app_id, x.type_id, x.connector_id, x.action_id, x.connector_class, x.connector_version,
    x.max_attempts, x.action_key, x.arguments, signed ->> 'digest', x.amount, x.currency, approval_nonce,
    approval_expires_at, case when x.observes then observed end,
    case when x.hold_seconds > 0 then now() + make_interval(secs => x.hold_seconds) end,
    now() + make_interval(secs => x.hold_seconds)
  from moved, jsonb_to_record(execution) as x(id text, type_id text, connector_id text, action_id text,
    connector_class text, connector_version int, max_attempts int, action_key text, arguments jsonb, amount bigint,
    currency text, hold_seconds int, observes boolean)
  where execution is not null`;

/** One column of the moved decision: by where it goes, else as it is. */
function byStatus(column: string, values: Partial<Record<DecisionStatus, SQL>>, otherwise?: SQL): SQL {
  const whens = Object.entries(values).map(([to, value]) => sql`when ${sql.raw(`'${to}'`)} then ${value}`);
  return sql`case goes_to ${sql.join(whens, sql` `)} else ${otherwise ?? sql.identifier(column)} end`;
}

// Back in review, nothing is left of what an approval gave; nothing ran alone, so nothing is left to audit. Its edit
// is: what comes back is what was approved, never the proposal that a person had put right.
const none = sql`null`;
const same = (column: string): SQL => sql`decisions.${sql.identifier(column)}`;
const columns: Record<string, SQL> = {
  status: sql`goes_to`,
  version: sql`version + 1`,
  updated_at: sql`now()`,
  // Whoever decided, once it is decided; while others still have to approve, what they are to approve.
  decided_by: byStatus("decided_by", { in_review: none, awaiting_second: same("decided_by") }, sql`decider`),
  decided_at: byStatus("decided_at", { in_review: none, awaiting_second: same("decided_at") }, sql`now()`),
  // Nothing of an edit is left where nothing was approved; the review that made it keeps it.
  edited_arguments: byStatus("edited_arguments", {
    approved: sql`edited`,
    awaiting_second: sql`edited`,
    declined: none,
  }),
  action_digest: byStatus("action_digest", { approved: sql`signed ->> 'digest'`, in_review: none }),
  approval_nonce: byStatus("approval_nonce", { approved: sql`signed ->> 'nonce'`, in_review: none }),
  // Nothing is sent after the decision's own limit either, however long the approval would hold.
  approval_expires_at: byStatus("approval_expires_at", {
    approved: sql`least(now() + make_interval(secs => (signed ->> 'seconds')::int), expires_at)`,
    in_review: none,
  }),
  // What was approved before approvals were counted was approved once.
  approvals: byStatus("approvals", { approved: sql`approvals + 1`, in_review: sql`greatest(approvals, 1)` }),
  audit_pending: sql`audit_pending and goes_to <> 'in_review'`,
  observed: sql`case when looked is null then observed else looked -> 'observed' end`,
  observed_at: sql`case when looked is null then observed_at else now() end`,
  ...ifLabelled(truthColumns(label)),
};

function ifLabelled(columns: Record<string, SQL>): Record<string, SQL> {
  const kept = (name: string, value: SQL) =>
    sql`case when label is null then ${sql.identifier(name)} else ${value} end`;
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, kept(name, value)]));
}
