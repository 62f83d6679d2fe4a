import { sql } from "drizzle-orm";
import { latestExecution } from "@/lib/decisions/server/latest-execution";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { auditDueHours } from "../schema";
import { sharePropensities } from "./draw-lock";

const batch = 200;

export type OpenedAudits = { opened: number; dropped: number };

/**
 * Opens the audits that were drawn and whose decision has run: at once for a decision to leave things alone and for a
 * type with nothing to carry out, else when the execution has succeeded. Where the execution failed or was cancelled,
 * nothing ran alone, and the drawn audit is dropped: the rates of what ran alone count executed decisions only, audited
 * or not, and whether an execution fails does not depend on the draw, so the weights 1/pi stay right. What is pending,
 * unknown, dead or disputed waits until somebody knows. A plan that drew from it meanwhile has raised its probability. Many workers may run it; each takes a batch of its own.
 */
export async function openDueAudits(ctx: Context): Promise<OpenedAudits> {
  authorize(ctx, "system.run");
  const total = { opened: 0, dropped: 0 };
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const done = await inTransaction(ctx, openBatch);
    total.opened += done.opened;
    total.dropped += done.dropped;
    if (done.opened + done.dropped < batch) break;
  }
  return total;
}

async function openBatch(ctx: Context): Promise<OpenedAudits> {
  await sharePropensities(ctx);
  const due = await rowsOf<{ id: string; pi: number; ran: boolean }>(
    ctx.db,
    sql`select d.id, coalesce((select c.pi from audit_chances c where c.decision_id = d.id), d.pi_label) as pi, (d.status <> 'cancelled' and coalesce(e.status, 'succeeded') = 'succeeded') as ran
      from decisions d left join ${latestExecution} e on true
      where d.audit_pending and d.org_id = ${ctx.orgId}
        and (d.status = 'cancelled' or d.route = 'decline' or coalesce(e.status, 'succeeded') in ('succeeded', 'failed', 'cancelled'))
      order by d.id limit ${batch} for no key update of d skip locked`,
  );
  if (due.length === 0) return { opened: 0, dropped: 0 };
  const opened = due
    .filter(({ ran }) => ran)
    .map(({ id, pi }) => ({ id: newId("audit"), decision_id: id, pi }));
  const dropped = due.filter(({ ran }) => !ran).map(({ id }) => id);
  if (opened.length > 0) await insertAudits(ctx, opened);
  await rowsOf(
    ctx.db,
    sql`update decisions set audit_pending = false where id in (select jsonb_array_elements_text(${JSON.stringify(due.map(({ id }) => id))}::jsonb))`,
  );
  await record(ctx, "audits.opened", opened[0]?.id ?? dropped[0] ?? "", {
    opened: opened.map(({ id, decision_id, pi }) => ({ id, decision: decision_id, pi })),
    dropped,
    ...(dropped.length > 0 ? { why_dropped: "the action did not run" } : {}),
  });
  return { opened: opened.length, dropped: dropped.length };
}

type Opened = { id: string; decision_id: string; pi: number };

async function insertAudits(ctx: Context, opened: readonly Opened[]): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`with opened as (
        insert into audits (id, org_id, decision_id, pi_label, status, due_at)
        select id, ${ctx.orgId}, decision_id, pi, 'open', now() + make_interval(hours => ${auditDueHours})
        from json_to_recordset(${JSON.stringify(opened)}::json) as o(id text, decision_id text, pi double precision)
        on conflict (decision_id) do nothing returning id, decision_id)
      insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, 'audit.requested', decision_id, id, '{}' from opened`,
  );
}
