import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { IssueView } from "../schema";
import { getIssue } from "./read-issues";

/** Takes one discrepancy out of its issue; it stays confirmed. Throws `not_found` when it is not in it. */
export async function removeFromIssue(
  ctx: Context,
  { id, discrepancyId }: { id: string; discrepancyId: string },
): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    const gone = await rowsOf(
      ctx.db,
      sql`update discrepancies set issue_id = null, updated_at = now()
        where id = ${discrepancyId} and issue_id = ${id} and org_id = ${ctx.orgId} returning id`,
    );
    if (gone.length === 0) throw new DomainError("not_found", `${discrepancyId} is not in this issue`);
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "detach" } });
    await record(ctx, "issue.detached", id, { discrepancy: discrepancyId });
    return getIssue(ctx, { id });
  });
}
