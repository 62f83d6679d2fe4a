import { eq } from "drizzle-orm";
import { contractEpochs } from "@/db/schema";
import { reviewerSensitivity } from "@/lib/reviews/server/reviewer-sensitivity";
import type { Context } from "@/lib/server/context";
import { leastSensitivity } from "../look";
import type { Terms } from "../schema";
import { readEpoch, type ContractRow } from "./contract-rows";

/** The reviewers' sensitivity as alpha is tightened by: the lower bound at half of delta; null when it is not asked for. */
export async function sensitivityOf(
  ctx: Context,
  { typeId, terms }: { typeId: string; terms: Terms },
): Promise<number | null> {
  if (!terms.goldCorrection) return null;
  const { lower } = await reviewerSensitivity(ctx, { typeId, delta: terms.delta / terms.family });
  return lower;
}

/**
 * Measures it anew, and lets the open certification period begin to count where it had to wait for it: once it is enough,
 * it stays what the period's evidence is held against.
 */
export async function measureSensitivity(ctx: Context, contract: ContractRow): Promise<number | null> {
  const sensitivity = await sensitivityOf(ctx, contract);
  if (sensitivity === null || sensitivity < leastSensitivity) return sensitivity;
  const epoch = await readEpoch(ctx, contract);
  if (epoch.sensitivity === null) {
    await ctx.db.update(contractEpochs).set({ sensitivity }).where(eq(contractEpochs.id, epoch.id));
  }
  return sensitivity;
}
