import { and, asc, eq, isNull } from "drizzle-orm";
import { contractEpochs, contracts } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { setFirstThresholds } from "./first-thresholds";
import { foldEpoch } from "./fold-epoch";
import type { FoldOptions } from "./hold-fold";

/** A timer: counts new evidence of every contract. Answers how many decisions it counted. */
export async function foldEpochs(ctx: Context, options: FoldOptions = {}): Promise<number> {
  authorize(ctx, "system.run");
  const open = await ctx.db
    .select({ id: contracts.id, grid: contractEpochs.gridFrozenAt })
    .from(contracts)
    .innerJoin(contractEpochs, eq(contractEpochs.id, contracts.epochId))
    .where(and(eq(contracts.orgId, ctx.orgId), isNull(contracts.archivedAt)))
    .orderBy(asc(contracts.id));
  let folded = 0;
  const failures: unknown[] = [];
  for (const { id, grid } of open) {
    try {
      if (grid === null) await setFirstThresholds(ctx, id);
      folded += (await foldEpoch(ctx, id, options)).folded;
    } catch (error) {
      // One contract's trouble is not the others'.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return folded;
}
