import { eq, sql } from "drizzle-orm";
import { contracts } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { writeChange } from "./begin-epoch";
import type { ContractRow, EpochRow } from "./contract-rows";
import { putDeployment } from "./deploy-threshold";
import { tellChange } from "./tell-change";

type Tightened = { contract: ContractRow; epoch: EpochRow; threshold: number; why: string };

/**
 * Puts a stricter certified threshold in force within the certification period, in the transaction of the caller, who
 * holds the contract and has authorised.
 */
export async function tighten(ctx: Context, { contract, epoch, threshold, why }: Tightened): Promise<void> {
  await putDeployment(ctx, epoch, { threshold, auditRate: contract.auditRate });
  await ctx.db
    .update(contracts)
    .set({ threshold, version: contract.version + 1, updatedAt: sql`now()` })
    .where(eq(contracts.id, contract.id));
  await writeChange(ctx, { contract, after: { threshold }, kind: "rolled_back", why });
  const data = { epoch: epoch.id, threshold, was: contract.threshold };
  await tellChange(ctx, contract, { event: "contract.rolled_back", did: "rolled_back", why, data });
}
