import { sql, type SQL } from "drizzle-orm";

/** Minutes a review of a queue (over alias `queue`) has: by its severity there, else the autonomy's (`au`). */
export function slaOf(queue: "q" | "nq"): SQL {
  return sql`coalesce((${sql.raw(queue)}.sla_minutes ->> r.severity)::int, au.sla_minutes, 240)`;
}
