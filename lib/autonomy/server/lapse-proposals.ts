import { and, eq, sql } from "drizzle-orm";
import { contractProposals } from "@/db/schema";
import type { Context } from "@/lib/server/context";

/** Ends what is proposed for a contract that is no longer as it was when that was proposed. */
export async function lapseProposals(ctx: Context, contractId: string): Promise<void> {
  await ctx.db
    .update(contractProposals)
    .set({ status: "lapsed", decidedAt: sql`now()` })
    .where(and(eq(contractProposals.contractId, contractId), eq(contractProposals.status, "open")));
}
