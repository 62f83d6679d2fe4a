import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { auditLeaseMinutes, type AuditView, type ClaimNextAudit } from "../schema";
import { viewOrThrow } from "./claim-audit";

/** Takes the oldest audit that nobody holds (one's own unfinished one first), or answers null. */
export async function claimNextAudit(ctx: Context, input: ClaimNextAudit): Promise<AuditView | null> {
  authorize(ctx, "audits.judge");
  const me = actorName(ctx.actor);
  const app = input.app ? sql` and (ap.id = ${input.app} or ap.key = ${input.app})` : sql``;
  const type = input.type ? sql` and (t.id = ${input.type} or t.key = ${input.type})` : sql``;
  const [taken] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update audits set status = 'claimed', claimed_by = ${me},
        lease_until = now() + make_interval(mins => ${auditLeaseMinutes})
      where id = (
        select a.id from audits a join decisions d on d.id = a.decision_id join apps ap on ap.id = d.app_id
          join decision_types t on t.id = d.type_id
        where a.org_id = ${ctx.orgId} and a.status in ('open', 'claimed')
          and (a.claimed_by is null or a.claimed_by = ${me}
            or (a.blind_answer is null and (a.lease_until is null or a.lease_until < now())))
          and not (${JSON.stringify(input.exclude)}::jsonb ? a.id)${app}${type}
        order by (a.claimed_by is not distinct from ${me}) desc, a.id
        limit 1 for update of a skip locked)
      returning id`,
  );
  return taken ? viewOrThrow(ctx, taken.id) : null;
}
