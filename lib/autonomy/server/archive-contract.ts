import { thresholdText } from "../threshold-text";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { autonomies, contractEpochs, contracts } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { WithReason } from "../contracts";
import type { ContractView } from "../views";
import { writeChange } from "./begin-epoch";
import { lockLiveContract, type ContractRow } from "./contract-rows";
import { lapseProposals } from "./lapse-proposals";
import { readContract } from "./read-contracts";
import { recallUnsent } from "./recall-unsent";
import { tellChange } from "./tell-change";

/**
 * Ends a contract for good, alone. Nothing more may run alone through it: where the app's own autonomy would count again
 * and lets this kind run alone, it throws `conflict`.
 */
export async function archiveContract(ctx: Context, input: WithReason): Promise<ContractView> {
  authorize(ctx, "contracts.write");
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    if (await isLast(ctx, contract)) await requireNoAutonomy(ctx, contract);
    await lapseProposals(ctx, contract.id);
    await ctx.db
      .update(contractEpochs)
      .set({ endedAt: sql`now()` })
      .where(and(eq(contractEpochs.contractId, contract.id), isNull(contractEpochs.endedAt)));
    const after = { level: "review_all", threshold: null, auditRate: 1, rampShare: 1 } as const;
    await ctx.db
      .update(contracts)
      .set({ ...after, version: contract.version + 1, archivedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(contracts.id, contract.id));
    const recalled = await recallUnsent(ctx, contract.epochId);
    const why = `Archived: ${input.reason}`;
    await writeChange(ctx, { contract, after, kind: "archived", why });
    await tellChange(ctx, contract, { event: "contract.changed", did: "archived", why, data: { recalled } });
    return readContract(ctx, contract.id);
  });
}

async function isLast(ctx: Context, { id, appId, typeId, predicted }: ContractRow): Promise<boolean> {
  const [other] = await ctx.db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(
        eq(contracts.appId, appId),
        eq(contracts.typeId, typeId),
        eq(contracts.predicted, predicted),
        ne(contracts.id, id),
        isNull(contracts.archivedAt),
      ),
    )
    .limit(1);
  return other === undefined;
}

async function requireNoAutonomy(ctx: Context, { appId, typeId, predicted }: ContractRow): Promise<void> {
  const [own] = await ctx.db
    .select()
    .from(autonomies)
    .where(and(eq(autonomies.appId, appId), eq(autonomies.typeId, typeId)));
  const threshold = predicted === "positive" ? own?.threshold : own?.declineThreshold;
  if (own?.level !== "auto" || threshold == null) return;
  throw new DomainError(
    "conflict",
    `Without this contract the app's own setting counts again, and lets this run alone from confidence ${thresholdText(threshold)} on. Take that back first.`,
  );
}
