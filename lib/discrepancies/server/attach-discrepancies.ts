import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AttachDiscrepancies, IssueView } from "../schema";
import { getIssue } from "./read-issues";
import { reopenIssue } from "./reopened-issue";

/**
 * Attaches confirmed discrepancies of the issue's app, type and cause, all or none; one that was with another issue
 * moves. A closed issue opens again. Throws `not_attachable` naming the first that does not belong.
 */
export async function attachDiscrepancies(
  ctx: Context,
  { id, discrepancy_ids }: AttachDiscrepancies & { id: string },
): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    const issue = await getIssue(ctx, { id });
    await rowsOf(ctx.db, sql`select id from issues where id = ${id} for update`);
    const ids = [...new Set(discrepancy_ids)].toSorted();
    await attachTo(ctx, issue, ids);
    await reopenIssue(ctx, id);
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "attach", count: ids.length } });
    await record(ctx, "issue.attached", id, { discrepancies: ids });
    return getIssue(ctx, { id });
  });
}

/** Attaches without telling: for whoever made the issue a moment ago. */
export async function attachTo(ctx: Context, issue: IssueView, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const list = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
  const attached = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update discrepancies x set issue_id = ${issue.id}, updated_at = now()
      where x.id in (select id from discrepancies where id in (${list}) order by id for update) and x.org_id = ${ctx.orgId}
        and x.status = 'confirmed' and x.app_id = ${issue.app.id} and x.type_id = ${issue.type.id} and x.cause = ${issue.cause}
      returning x.id`,
  );
  const known = new Set(attached.map(({ id }) => id));
  const other = ids.find((id) => !known.has(id));
  if (other === undefined) return;
  const message = `${other} is no confirmed discrepancy of ${issue.app.name}, ${issue.type.name} and the cause ${issue.cause}.`;
  throw new DomainError("conflict", message, { code: "not_attachable", extra: { discrepancy_id: other } });
}
