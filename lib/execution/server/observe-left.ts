import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { keepLeftState } from "./left-state";
import { typesWithALook } from "./observe-waiting";

/** How many of the latest events are looked through. */
const recent = 2000;
const batch = 20;

/**
 * A timer: keeps what acts left that succeeded in the last two minutes without the worker that sent them seeing it (a
 * look-up, a report, a worker that ended in between). Answers how many it tried.
 */
export async function observeLeft(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const types = await typesWithALook(ctx);
  if (types.length === 0) return 0;
  // The worker that sent it looks first: three seconds are its own.
  const left = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select e.id from (select subject, type, at, org_id from events order by id desc limit ${recent}) ev
      join executions e on e.id = ev.subject
      where ev.org_id = ${ctx.orgId} and ev.type = 'decision.executed'
        and ev.at between now() - interval '2 minutes' and now() - interval '3 seconds'
        and e.status = 'succeeded' and e.left_state is null and e.type_id = any(${sql.param(types)}::text[])
      limit ${batch}`,
  );
  for (const { id } of left) {
    try {
      await keepLeftState({ ...ctx, now: new Date() }, id);
    } catch (error) {
      log.warn({ err: error, execution: id }, "what an act left could not be read");
    }
  }
  return left.length;
}
