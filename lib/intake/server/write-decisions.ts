import { sql, type SQL } from "drizzle-orm";
import { actorName, type Context } from "@/lib/server/context";
import { recordset } from "@/lib/server/recordset";
import { hotStatement } from "@/lib/server/rows";
import { columns, decisionColumns, rowOf, type Entry } from "./incoming-rows";

/** What came with a decision; times as RFC 3339 text, by the database's clock. */
export type Written = {
  createdAt: string;
  reviewId: string | null;
  dueAt: string | null;
  executionId: string | null;
};

/** What becomes of an entry whose key was used: it alone is left out, or all fail with a unique violation. */
export type IfUsed = "left out" | "all fail";

/**
 * Composes the one statement that writes a set of routed decisions with their reviews, executions, events and one
 * journal entry, however many there are. Calling what it returns sends it, and answers those that were written.
 */
export function composeWrite(
  ctx: Context,
  entries: readonly Entry[],
  ifUsed: IfUsed,
): () => Promise<Map<string, Written>> {
  const rows = entries.map((entry) => rowOf(ctx.orgId, entry));
  const fresh = ifUsed === "left out" ? sql`incoming join written using (id)` : sql`incoming`;
  const hasFindings = entries.some(({ plan }) => plan.findings.length > 0);
  const send = hotStatement<{ id: string; created_at: string }>(
    ctx.db,
    sql`with incoming as materialized (select * from ${recordset(columns, rows)} i),
      written as (insert into decisions (${decisionColumns}, version, audit_pending, decided_at, approval_expires_at)
        select ${decisionColumns}, 1, audit_drawn, case when decided_by is not null then now() end,
          case when approval_nonce is not null
            then least(now() + make_interval(secs => hold_seconds, mins => ttl_minutes), expires_at) end
        from incoming
        ${ifUsed === "left out" ? sql`on conflict do nothing` : sql``}
        returning id, approval_expires_at),
      opened as (insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at, severity,
          expected_loss)
        select review_id, org_id, id, app_id, type_id, queue_id, 'approval', 'open', now() + make_interval(mins => sla_minutes),
          severity, expected_loss
        from ${fresh} where review_id is not null),
      executed as (insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id,
          connector_class, connector_version, max_attempts, action_key, arguments, action_digest, approval_nonce, amount,
          currency, execute_before, held_until, next_at)
        select execution_id, org_id, id, app_id, type_id, connector_id, action_id, connector_class, connector_version,
          max_attempts, action_key, arguments, action_digest, approval_nonce, amount, currency, approval_expires_at,
          case when hold_seconds > 0 then now() + make_interval(secs => hold_seconds) end,
          now() + make_interval(secs => hold_seconds)
        from incoming join written using (id) where execution_id is not null),
      ${hasFindings ? findingsOf(fresh) : sql``}
      told as (insert into events (org_id, type, decision_id, subject, data)
        select org_id, 'decision.created', id, id, jsonb_build_object('route', route, 'app_id', app_id)
        from ${fresh}),
      journalled as (${journalOfNew(ctx, fresh)})
      select id, (select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as created_at from written`,
  );
  return async () => {
    const fresh = new Map((await send()).map((row) => [row.id, row.created_at]));
    return new Map(
      rows.flatMap((row, index): [string, Written][] => {
        const createdAt = fresh.get(row.id);
        const plan = entries[index]?.plan;
        if (createdAt === undefined || !plan) return [];
        const { review_id: reviewId, execution_id: executionId } = row;
        const { placement } = plan;
        const dueAt = placement === null ? null : later(createdAt, placement.slaMinutes);
        return [[row.id, { createdAt, reviewId, dueAt, executionId }]];
      }),
    );
  };
}

const findingsOf = (fresh: SQL) => sql`seen as (insert into decision_findings (decision_id, org_id, findings)
        select id, org_id, findings from ${fresh} where findings is not null),`;

/**
 * The journal's entry of what was new, put together by the database because mostly only it knows which were. A line is made
 * of ids and digests, which need no escaping, and the members stand in the order of RFC 8785.
 */
function journalOfNew(ctx: Context, fresh: SQL): SQL {
  const actor = actorName(ctx.actor);
  const head = JSON.stringify({ action: entryAction, actor, at: ctx.now.toISOString(), data: { items: [] } });
  return sql`insert into journal (org_id, actor, action, subject, entry)
    select ${ctx.orgId}, ${actor}, ${entryAction}, min(id),
      ${head.slice(0, -"]}}".length)} || string_agg('"' || ${journalLine} || '"', ',' order by id) || ']},"subject":"' || min(id) || '"}'
    from ${fresh} having count(*) > 0`;
}

const entryAction = "decisions.submitted";
const journalLine = sql`concat_ws(' ', id, submitted_by, route, request_hash, coalesce(action_digest, '-'))`;

function later(from: string, minutes: number): string {
  return new Date(Date.parse(from) + minutes * 60_000).toISOString();
}
