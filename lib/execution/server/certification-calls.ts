import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { switchesOf } from "./is-stopped";

/** One call of a certification run that acts on its target. */
export type CertificationCall = { certificationId: string; connectorId: string; actionId: string };

/**
 * Puts on record that a call is about to be sent, unless a switch of its action is on (see `switchesOf`): then false,
 * and nothing may be sent. Holds the kill switches as a claim does, so that a stop either comes first or lists the call.
 * Committed before a byte is sent.
 */
export function beginCall(
  ctx: Context,
  { certificationId, connectorId, actionId }: CertificationCall,
): Promise<boolean> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`select pg_advisory_xact_lock_shared(hashtextextended(${`stops:${ctx.orgId}`}, 0))::text as held`,
    );
    const switches = await rowsOf<{ active: boolean }>(
      ctx.db,
      sql`select s.active from stops s where s.org_id = ${ctx.orgId}
        and ${switchesOf({ connectorId, actionId })} for share`,
    );
    if (switches.some(({ active }) => active)) return false;
    const begun = await rowsOf(
      ctx.db,
      sql`update certifications set checks = jsonb_set(checks, '{calling_since}', to_jsonb(now()::text))
        where id = ${certificationId} and org_id = ${ctx.orgId} and status = 'running' returning id`,
    );
    return begun.length > 0;
  });
}

/** Puts on record that the call was answered, or that nobody waits for its answer any more. */
export async function endCall(ctx: Context, { certificationId }: CertificationCall): Promise<void> {
  authorize(ctx, "system.run");
  await rowsOf(
    ctx.db,
    sql`update certifications set checks = jsonb_set(checks, '{calling_since}', 'null')
      where id = ${certificationId} and org_id = ${ctx.orgId}`,
  );
}
