import { sql, type SQL } from "drizzle-orm";

/** Whether a row of feedback still stands: neither replaced by a later word of the same person nor taken back. */
export const standing = (feedback: SQL = sql`feedback`): SQL =>
  sql`${feedback}.replaced_by is null and ${feedback}.withdrawn_at is null`;

/** The newest correction of a decision's arguments that still stands, null where nobody gave one. */
export const standingCorrection = (decisionId: SQL): SQL => sql`(select f.correction from feedback f
  where f.decision_id = ${decisionId} and f.correction is not null and ${standing(sql`f`)} order by f.id desc limit 1)`;
