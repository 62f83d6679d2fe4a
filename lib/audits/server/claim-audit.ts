import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { maskFor } from "@/lib/policies/server/mask-for";
import { auditLeaseMinutes, type AuditView } from "../schema";
import { auditRows, findAuditView, summaryOf } from "./audit-rows";
import { hasPlace, isHeld, knewIt, viewerJoins, viewerOf } from "./viewer";

/** Takes an audit for the length of a lease, or extends one's own. Throws `conflict`, saying why it cannot be had. */
export async function claimAudit(ctx: Context, input: { auditId: string }): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  return inTransaction(ctx, async (ctx) => {
    if (!(await takePlace(ctx, input.auditId))) throw await whyNot(ctx, input.auditId);
    return viewOrThrow(ctx, input.auditId);
  });
}

/**
 * Takes this auditor's place in an audit, with a lease of their own, or extends it; false when there is none for them.
 * Runs in the caller's transaction: the audit's row stays locked, so that its places are given out one after another.
 */
export async function takePlace(ctx: Context, auditId: string): Promise<boolean> {
  authorize(ctx, "audits.judge");
  const viewer = viewerOf(ctx);
  const locked = await rowsOf(
    ctx.db,
    sql`select id from audits where id = ${auditId} and org_id = ${ctx.orgId} for update`,
  );
  if (locked.length === 0) return false;
  // A statement of its own: what others took before the lock was had is seen.
  const taken = await rowsOf(
    ctx.db,
    sql`insert into audit_judgements (id, org_id, audit_id, auditor, lease_until, adjudication)
      select ${newId("judgement")}, a.org_id, a.id, ${viewer.name},
        now() + make_interval(mins => ${auditLeaseMinutes}), a.disputed_at is not null
      from audits a ${viewerJoins(viewer)}
      where a.id = ${auditId} and a.status <> 'done' and me.judged_at is null
        and not ${knewIt(viewer)}
        and ((me.id is not null and ${isHeld("me")}) or ${hasPlace(viewer)})
      on conflict (audit_id, auditor) do update set lease_until = excluded.lease_until,
        adjudication = case when audit_judgements.blind_answer is null then excluded.adjudication
          else audit_judgements.adjudication end
      returning id`,
  );
  return taken.length > 0;
}

/** The error that says why an audit cannot be had: it is not there, judged, or somebody else's. */
export async function whyNot(ctx: Context, auditId: string): Promise<DomainError> {
  const viewer = viewerOf(ctx);
  const where = sql`a.id = ${auditId} and a.org_id = ${ctx.orgId}`;
  const [row] = await auditRows(ctx.db, viewer, where, sql`a.id`, 1);
  if (!row) return new DomainError("not_found", `There is no audit ${auditId}`);
  const { status, judged_by, held_by, lease_until, judges_needed } = summaryOf(row);
  if (status === "done") {
    return new DomainError("conflict", `${judged_by?.name ?? "Somebody"} has already judged this`, {
      extra: { judged_by },
    });
  }
  if (row.i_judged) return new DomainError("conflict", "You have judged this; it waits for others");
  if (row.i_knew) {
    return new DomainError(
      "conflict",
      row.i_sent
        ? "You sent this audit and know the proposal: another auditor judges it"
        : "You ruled on this decision: another auditor judges it",
    );
  }
  const extra = { held_by, lease_until };
  if (held_by) {
    return new DomainError("conflict", `${held_by.name} holds this audit`, { code: "lease_lost", extra });
  }
  const sentence =
    judges_needed > 1 ? "This audit has the auditors it needs for now" : "This audit is no longer yours";
  return new DomainError("conflict", sentence, { code: "lease_lost", extra });
}

/** The audit as its auditor may see it; throws `not_found`. */
export async function viewOrThrow(ctx: Context, auditId: string): Promise<AuditView> {
  const view = await findAuditView(ctx, auditId);
  if (!view) throw new DomainError("not_found", `There is no audit ${auditId}`);
  return maskFor(ctx, view);
}
