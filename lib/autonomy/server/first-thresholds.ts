import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { firstGrid } from "../look";
import { lockLiveContract, readEpoch } from "./contract-rows";
import { epochScores } from "./epoch-scores";
import { takeStep } from "./take-step";

/**
 * Sets the thresholds on trial as soon as enough confidences were seen: what people rule on until then is no evidence, so
 * it does not wait for the night. True when it did.
 */
export async function setFirstThresholds(ctx: Context, contractId: string): Promise<boolean> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, contractId);
    const epoch = await readEpoch(ctx, contract);
    if (epoch.grid !== null) return false;
    const steps = firstGrid({ level: contract.level, scores: await epochScores(ctx, epoch.id) });
    for (const step of steps) await takeStep(ctx, contractId, step);
    return steps.length > 0;
  });
}
