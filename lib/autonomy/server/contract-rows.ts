import { and, eq } from "drizzle-orm";
import { contractEpochs, contracts } from "@/db/schema";
import { missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

export type ContractRow = typeof contracts.$inferSelect;
export type EpochRow = typeof contractEpochs.$inferSelect;

/** The contract in sight of the caller, held until the transaction ends. Throws `not_found`. */
export async function lockContract(ctx: Context, id: string): Promise<ContractRow> {
  const [contract] = await ctx.db
    .select()
    .from(contracts)
    .where(and(eq(contracts.id, id), eq(contracts.orgId, ctx.orgId)))
    .for("update");
  return inSight(ctx, contract) ?? missing("contract", id);
}

/** As {@link lockContract}, of one that is not archived; an archived one throws `conflict`. */
export async function lockLiveContract(ctx: Context, id: string): Promise<ContractRow> {
  const contract = await lockContract(ctx, id);
  if (contract.archivedAt === null) return contract;
  throw new DomainError("conflict", "This contract is archived; make a new one.", { code: "conflict" });
}

/** The contract in sight of the caller. Throws `not_found`. */
export async function findContract(ctx: Context, id: string): Promise<ContractRow> {
  const [contract] = await ctx.db
    .select()
    .from(contracts)
    .where(and(eq(contracts.id, id), eq(contracts.orgId, ctx.orgId)));
  return inSight(ctx, contract) ?? missing("contract", id);
}

// Another app's contract is not there for an app's key.
function inSight(ctx: Context, contract: ContractRow | undefined): ContractRow | undefined {
  const bound = appBound(ctx);
  return contract && (bound === undefined || contract.appId === bound) ? contract : undefined;
}

/** The certification period that is open. */
export async function readEpoch(ctx: Context, { epochId }: Pick<ContractRow, "epochId">): Promise<EpochRow> {
  const [epoch] = await ctx.db.select().from(contractEpochs).where(eq(contractEpochs.id, epochId));
  return epoch ?? missing("certification period", epochId);
}
