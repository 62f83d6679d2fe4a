import { sql } from "drizzle-orm";
import type { Cause } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { attachTo } from "./attach-discrepancies";
import { getIssue } from "./read-issues";
import { reopenIssue, settleIssueOf } from "./reopened-issue";

type Confirmed = {
  id: string;
  held: { app_id: string; type_id: string; issue_id: string | null };
  cause: Cause;
  /** The issue that the person named; null: none; undefined: they left it to us. */
  named: string | null | undefined;
};

/**
 * Puts what was confirmed into its issue, in the caller's transaction: the one that was named, the one it was with while
 * its cause is still that, or the only one of its app, type and cause. Of several none is guessed. A closed issue opens
 * again: what it was about has happened once more.
 */
export async function rollUp(ctx: Context, { id, held, cause, named }: Confirmed): Promise<void> {
  if (named === null) return leave(ctx, id);
  authorize(ctx, "issues.write");
  if (named === undefined && held.issue_id !== null) {
    await settleIssueOf(ctx, { id, issueId: held.issue_id, cause });
    return;
  }
  const issueId = named ?? (await onlyIssue(ctx, held, cause));
  if (issueId === undefined) return;
  const issue = await getIssue(ctx, { id: issueId });
  await attachTo(ctx, issue, [id]);
  await reopenIssue(ctx, issueId);
  await emit(ctx, { type: "issue.changed", subject: issueId, data: { step: "attach", count: 1 } });
  await record(ctx, "issue.attached", issueId, { discrepancies: [id], by_itself: named === undefined });
}

async function leave(ctx: Context, id: string): Promise<void> {
  await rowsOf(ctx.db, sql`update discrepancies set issue_id = null where id = ${id}`);
}

type Could = {
  app: { id: string };
  type: { id: string };
  issue: { id: string } | null;
};

/** Holds every issue that it could come to, before the discrepancy is held: whoever attaches holds them in this order too. */
export async function holdIssues(
  ctx: Context,
  { app, type, issue }: Could,
  { cause, named }: Pick<Confirmed, "cause" | "named">,
): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`select id from issues where org_id = ${ctx.orgId} and (id in (${named ?? ""}, ${issue?.id ?? ""})
      or (app_id = ${app.id} and type_id = ${type.id} and cause = ${cause})) order by id for update`,
  );
}

async function onlyIssue(
  ctx: Context,
  { app_id, type_id }: Confirmed["held"],
  cause: Cause,
): Promise<string | undefined> {
  const [only, other] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from issues where org_id = ${ctx.orgId} and app_id = ${app_id} and type_id = ${type_id}
      and cause = ${cause} limit 2`,
  );
  return other ? undefined : only?.id;
}
