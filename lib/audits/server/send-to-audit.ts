import { sql } from "drizzle-orm";
import { latestExecution } from "@/lib/decisions/server/latest-execution";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { SendToAudit } from "../plans";
import { auditDueHours, type AuditSummary } from "../schema";
import { viewOrThrow } from "./claim-audit";
import { sharePropensities } from "./draw-lock";

type Found = { settled: boolean; drawn: boolean; audit: string | null };

/**
 * Opens an audit of one decision that somebody chose. It has no inclusion probability, so its judgement makes no label
 * and enters no rate: what people choose to look at is no sample of what they do not. Whoever sent it has seen the
 * proposal and does not judge it. Throws `conflict` where it is not decided, or is drawn or audited already.
 */
export async function sendToAudit(ctx: Context, input: SendToAudit): Promise<AuditSummary> {
  authorize(ctx, "audits.send");
  return inTransaction(ctx, async (ctx) => {
    await sharePropensities(ctx);
    await refuseUnfit(ctx, input.decision);
    const id = newId("audit");
    const made = await rowsOf(
      ctx.db,
      sql`insert into audits (id, org_id, decision_id, due_at, sent_by, sent_reason)
        values (${id}, ${ctx.orgId}, ${input.decision}, now() + make_interval(hours => ${auditDueHours}),
          ${actorName(ctx.actor)}, ${input.reason ?? null})
        on conflict (decision_id) do nothing returning id`,
    );
    if (made.length === 0) throw alreadyAudited();
    await emit(ctx, { type: "audit.requested", subject: id, decisionId: input.decision });
    await record(ctx, "audit.sent", id, { decision: input.decision });
    return viewOrThrow(ctx, id);
  });
}

async function refuseUnfit(ctx: Context, decisionId: string): Promise<void> {
  const [found] = await rowsOf<Found>(
    ctx.db,
    sql`select d.status in ('approved', 'declined') and coalesce(e.status, 'succeeded') = 'succeeded' as settled,
        d.audit_drawn as drawn, a.id as audit
      from decisions d left join ${latestExecution} e on true left join audits a on a.decision_id = d.id
      where d.id = ${decisionId} and d.org_id = ${ctx.orgId} and not d.measure`,
  );
  if (!found) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  if (found.audit !== null) throw alreadyAudited();
  if (found.drawn) {
    throw new DomainError(
      "conflict",
      "It was drawn for an audit already, which opens once its action has run",
    );
  }
  if (!found.settled) {
    throw new DomainError(
      "conflict",
      "Nothing has been done yet that could be judged: it is still under way",
    );
  }
}

function alreadyAudited(): DomainError {
  return new DomainError("conflict", "This decision is audited already");
}
