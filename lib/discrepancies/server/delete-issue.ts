import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { IssueView } from "../schema";
import { getIssue } from "./read-issues";

/** Deletes an issue that was opened by mistake: nothing was ever attached or tried. Answers what it was. */
export async function deleteIssue(ctx: Context, { id }: { id: string }): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    const issue = await getIssue(ctx, { id });
    const deleted = await rowsOf(
      ctx.db,
      sql`delete from issues i where i.id = ${id} and i.org_id = ${ctx.orgId} and i.dataset_id is null
        and not exists (select 1 from discrepancies x where x.issue_id = i.id) returning id`,
    );
    if (deleted.length === 0) {
      throw new DomainError("conflict", "An issue with discrepancies or a regression set stays; close it.");
    }
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "delete" } });
    await record(ctx, "issue.deleted", id, { cause: issue.cause });
    return issue;
  });
}
