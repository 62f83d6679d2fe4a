import { and, asc, eq, inArray } from "drizzle-orm";
import { contractChanges } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { thresholdsOf } from "../fold";
import type { WithReason } from "../contracts";
import type { ContractView } from "../views";
import { thresholdText } from "../threshold-text";
import { lockLiveContract, readEpoch, type ContractRow, type EpochRow } from "./contract-rows";
import { foldOf } from "./fold-of";
import { lapseProposals } from "./lapse-proposals";
import { readContract } from "./read-contracts";
import { stepDown } from "./step-down";
import { tighten } from "./tighten";

/**
 * Goes one step back, alone: to the nearest stricter threshold that was in force in this certification period and is
 * certified still; without one, people rule on everything in a new period. Throws `conflict` where nothing runs alone.
 */
export async function rollBack(ctx: Context, input: WithReason): Promise<ContractView> {
  authorize(ctx, "contracts.write");
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    const { level, threshold: current } = contract;
    if (level !== "auto" || current === null) {
      throw new DomainError("conflict", "Nothing runs alone under this contract.");
    }
    await lapseProposals(ctx, contract.id);
    const epoch = await readEpoch(ctx, contract);
    const threshold = await stricterBefore(ctx, { contract, epoch, current });
    if (threshold === null) {
      const why = `Rolled back from confidence ${thresholdText(current)}, with nothing certified to go back to: ${input.reason}`;
      await stepDown(ctx, { contractId: contract.id, cause: "rolled_back", why });
    } else {
      const why = `Rolled back from confidence ${thresholdText(current)} to ${thresholdText(threshold)}: ${input.reason}`;
      await tighten(ctx, { contract, epoch, threshold, why });
    }
    return readContract(ctx, contract.id);
  });
}

type Before = { contract: ContractRow; epoch: EpochRow; current: number };

async function stricterBefore(ctx: Context, { contract, epoch, current }: Before): Promise<number | null> {
  const known = foldOf(contract, epoch);
  if (!known) return null;
  const certified = new Set(
    thresholdsOf(known.fold, known.terms).flatMap((one) => (one.certified ? [one.threshold] : [])),
  );
  const changes = await ctx.db
    .select({ after: contractChanges.after })
    .from(contractChanges)
    .where(
      and(
        eq(contractChanges.contractId, contract.id),
        eq(contractChanges.epochId, epoch.id),
        inArray(contractChanges.kind, ["promoted", "expanded"]),
      ),
    )
    .orderBy(asc(contractChanges.id));
  const were = changes
    .map(({ after }) => after?.["threshold"])
    .filter((one) => typeof one === "number")
    .filter((one) => one > current && certified.has(one));
  return were.length === 0 ? null : Math.min(...were);
}
