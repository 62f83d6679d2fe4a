import { sql } from "drizzle-orm";

/** True of a decision (alias `d`) while a blind review of it waits for its answer. */
export const isBlindNow = sql`exists (select 1 from reviews b where b.decision_id = d.id and b.blind
  and b.staged_verdict is null and b.resolved_at is null)`;
