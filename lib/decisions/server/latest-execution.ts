import { sql } from "drizzle-orm";

/**
 * The action's execution of the decision `d`, as a lateral FROM item: the one that stands, else the latest of those
 * that were taken back before anything was sent. Both arms are read through partial indexes.
 */
export const latestExecution = sql`lateral (
    (select x.* from executions x where x.decision_id = d.id and x.kind = 'action' and x.status <> 'cancelled')
    union all
    (select x.* from executions x where x.decision_id = d.id and x.kind = 'action' and x.status = 'cancelled'
      order by x.id desc limit 1)
    limit 1)`;
