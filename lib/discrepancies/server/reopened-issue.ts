import { sql } from "drizzle-orm";
import type { Cause } from "@/lib/kernel/statuses";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";

/** A confirmed record that is attached already stays with its issue while the cause is its own, and opens it again. */
export async function settleIssueOf(
  ctx: Context,
  { id, issueId, cause }: { id: string; issueId: string | null; cause: Cause },
): Promise<void> {
  if (issueId === null) return;
  const kept = await rowsOf(
    ctx.db,
    sql`select id from issues where id = ${issueId} and cause = ${cause} for update`,
  );
  if (kept.length > 0) return reopenIssue(ctx, issueId);
  await rowsOf(ctx.db, sql`update discrepancies set issue_id = null where id = ${id}`);
}

/** Opens an issue again that was closed: something of it was confirmed since. Nothing when it is open. */
export async function reopenIssue(ctx: Context, issueId: string): Promise<void> {
  const reopened = await rowsOf(
    ctx.db,
    sql`update issues set status = 'open', closed_at = null, closed_by = null, closed_by_experiment_id = null,
        version = version + 1 where id = ${issueId} and org_id = ${ctx.orgId} and status = 'closed' returning id`,
  );
  if (reopened.length === 0) return;
  await emit(ctx, { type: "issue.changed", subject: issueId, data: { step: "reopen" } });
  await record(ctx, "issue.reopened", issueId, {});
}
