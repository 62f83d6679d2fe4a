import { and, eq, sql } from "drizzle-orm";
import { issues } from "@/db/schema";
import { requireMember } from "@/lib/apps/server/create-app";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { IssueView, UpdateIssue } from "../schema";
import { getIssue } from "./read-issues";

/** Changes what an issue is called, what it says, and who owns it. Throws `stale_version`. */
export async function updateIssue(
  ctx: Context,
  { id, version, ...change }: UpdateIssue & { id: string },
): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    await requireMember(ctx, change.owner_id);
    await getIssue(ctx, { id });
    const [row] = await ctx.db
      .update(issues)
      .set({
        title: change.title,
        description: change.description,
        ownerId: change.owner_id,
        version: sql`version + 1`,
      })
      .where(and(eq(issues.id, id), eq(issues.orgId, ctx.orgId), eq(issues.version, version)))
      .returning({ id: issues.id });
    if (!row)
      throw new DomainError("precondition_failed", "Somebody changed this issue meanwhile.", {
        code: "stale_version",
      });
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "update" } });
    await record(ctx, "issue.updated", id, { fields: Object.keys(change) });
    return getIssue(ctx, { id });
  });
}
