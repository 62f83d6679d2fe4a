import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { proofOf } from "../proof";
import type { IssueView } from "../schema";
import { getIssue } from "./read-issues";
import { listProof } from "./read-proof";

/**
 * Closes an issue whose regression set has passed: an experiment over all of its newest version is done and its gate
 * passed. Throws `set_not_passed` saying what is missing, `conflict` when it is closed.
 */
export async function closeIssue(ctx: Context, { id }: { id: string }): Promise<IssueView> {
  authorize(ctx, "issues.write");
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(ctx.db, sql`select id from issues where id = ${id} and org_id = ${ctx.orgId} for update`);
    const issue = await getIssue(ctx, { id });
    if (issue.status === "closed") throw new DomainError("conflict", "This issue is closed already.");
    const proof = proofOf(await listProof(ctx, { id }));
    if (!proof.ok) {
      throw new DomainError("conflict", proof.sentence, {
        code: "set_not_passed",
        extra: { missing: proof.missing, dataset_id: issue.dataset_id },
      });
    }
    const by = actorName(ctx.actor);
    await rowsOf(
      ctx.db,
      sql`update issues set status = 'closed', closed_at = now(), closed_by = ${by}, closed_by_experiment_id = ${proof.experimentId},
          version = version + 1 where id = ${id}`,
    );
    await emit(ctx, { type: "issue.changed", subject: id, data: { step: "close" } });
    await record(ctx, "issue.closed", id, { experiment: proof.experimentId });
    return getIssue(ctx, { id });
  });
}
