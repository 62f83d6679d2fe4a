import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";

/** An execution x that waits: as the index executions_ready_idx has it, word for word, so that the planner may use it. */
export const ready = sql`x.status in ('pending', 'unknown', 'dead') and not x.needs_person and x.connector_id is not null`;

/** One whose time has come. What is held is left alone, whoever moved its next time. */
export const due = sql`${ready} and x.next_at <= now() and (x.held_until is null or x.held_until <= now())
  and (x.status <> 'dead' or x.retry_asked_by is not null)`;

/** An execution x of the lane l. */
export function inLane(ctx: Context): SQL {
  return sql`x.org_id = ${ctx.orgId} and x.app_id = l.app_id and x.type_id = l.type_id and x.connector_id = l.connector_id`;
}
