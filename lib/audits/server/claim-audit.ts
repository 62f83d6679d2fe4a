import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { auditLeaseMinutes, type AuditView } from "../schema";
import { auditRows, findAuditView, summaryOf } from "./audit-rows";

/** Free to this auditor: nobody's, one's own, or left behind unanswered. */
export function takeable(ctx: Context) {
  return sql`status in ('open', 'claimed') and (claimed_by is null or claimed_by = ${actorName(ctx.actor)}
    or (blind_answer is null and (lease_until is null or lease_until < now())))`;
}

/** Takes an audit for the length of a lease, or extends one's own. Throws `conflict`, saying who holds it. */
export async function claimAudit(ctx: Context, input: { auditId: string }): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  const taken = await rowsOf(
    ctx.db,
    sql`update audits set status = 'claimed', claimed_by = ${actorName(ctx.actor)},
        lease_until = now() + make_interval(mins => ${auditLeaseMinutes})
      where id = ${input.auditId} and org_id = ${ctx.orgId} and ${takeable(ctx)} returning id`,
  );
  if (taken.length === 0) throw await whyNot(ctx, input.auditId);
  return viewOrThrow(ctx, input.auditId);
}

/** The error that says why an audit cannot be had: it is not there, judged, or somebody else's. */
export async function whyNot(ctx: Context, auditId: string): Promise<DomainError> {
  const [row] = await auditRows(ctx.db, sql`a.id = ${auditId} and a.org_id = ${ctx.orgId}`, sql`a.id`, 1);
  if (!row) return new DomainError("not_found", `There is no audit ${auditId}`);
  const { status, judged_by, held_by, lease_until } = summaryOf(row);
  if (status === "done") {
    return new DomainError("conflict", `${judged_by?.name ?? "Somebody"} has already judged this`, {
      extra: { judged_by },
    });
  }
  const sentence = held_by ? `${held_by.name} holds this audit` : "This audit is no longer yours";
  return new DomainError("conflict", sentence, { code: "lease_lost", extra: { held_by, lease_until } });
}

/** The audit as its auditor may see it; throws `not_found`. */
export async function viewOrThrow(ctx: Context, auditId: string): Promise<AuditView> {
  const view = await findAuditView(ctx.db, ctx.orgId, actorName(ctx.actor), auditId);
  if (!view) throw new DomainError("not_found", `There is no audit ${auditId}`);
  return view;
}
