import { issues } from "@/db/schema";
import { requireMember } from "@/lib/apps/server/create-app";
import { findApp, findType } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { CreateIssue, IssueView } from "../schema";
import { attachTo } from "./attach-discrepancies";
import { getIssue } from "./read-issues";

/** Opens an issue of an app, a type and a cause, with the discrepancies it was seen in. */
export async function createIssue(ctx: Context, input: CreateIssue): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    await requireMember(ctx, input.owner_id);
    const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
    const id = newId("issue");
    await ctx.db.insert(issues).values({
      id,
      orgId: ctx.orgId,
      appId: app.id,
      typeId: type.id,
      title: input.title,
      description: input.description,
      cause: input.cause,
      ownerId: input.owner_id ?? null,
      createdBy: actorName(ctx.actor),
    });
    const ids = [...new Set(input.discrepancy_ids)].toSorted();
    await attachTo(ctx, await getIssue(ctx, { id }), ids);
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "open" } });
    await record(ctx, "issue.opened", id, { cause: input.cause, discrepancies: ids });
    return getIssue(ctx, { id });
  });
}
