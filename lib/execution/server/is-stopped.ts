import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** One connector's action, wherever it is called from. */
export type CalledAction = { connectorId: string; actionId: string };

/**
 * The switches, of stops `s`, that hold a call of an action back: everything's, its connector's, and those of the
 * decision types that carry it out and of the apps that use one of these. A certification run acts for none of them
 * alone, and does what each of them would: whoever stopped one wants none of it to arrive.
 */
export function switchesOf({ connectorId, actionId }: CalledAction): SQL {
  return sql`(s.scope = 'global' or (s.scope = 'connector' and s.scope_id = ${connectorId})
    or (s.scope = 'type' and s.scope_id in (select t.id from decision_types t where t.action_id = ${actionId}))
    or (s.scope = 'app' and s.scope_id in (select u.app_id from autonomies u
      join decision_types t on t.id = u.type_id where t.action_id = ${actionId})))`;
}

/** True while a switch is on that holds this action back. The caller has authorised. */
export async function isStopped(ctx: Context, called: CalledAction): Promise<boolean> {
  const found = await rowsOf(
    ctx.db,
    sql`select 1 from stops s where s.org_id = ${ctx.orgId} and s.active and ${switchesOf(called)} limit 1`,
  );
  return found.length > 0;
}
