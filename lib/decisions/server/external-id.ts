import { sql } from "drizzle-orm";

/** How an app calls the decision `d`. A copy bears its original's name: without one it would stand out. */
export const externalIdColumn = sql`case when d.measure then (select s.external_id from measures ms
  join decisions s on s.id = ms.source_decision_id where ms.decision_id = d.id) else d.external_id end`;
