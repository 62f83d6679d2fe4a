import { and, eq } from "drizzle-orm";
import { policyVersions } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { PolicyView, RollBack } from "../views";
import { lockPolicy, raiseVersion } from "./policy-parts";
import { readPolicy } from "./read-policies";
import { writeDraft } from "./save-draft";

/**
 * Makes an earlier version's rules and fixtures the draft, in place of what it held: from there it goes the way of every
 * other, by two people. Throws `stale_version`, `not_found`, `in_shadow`.
 */
export async function rollBackPolicy(ctx: Context, input: RollBack): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const [earlier] = await ctx.db
      .select()
      .from(policyVersions)
      .where(and(eq(policyVersions.policyId, policy.id), eq(policyVersions.number, input.number)));
    if (!earlier || earlier.publishedAt === null) {
      throw new DomainError("not_found", `Version ${input.number} was never in force`);
    }
    const { rules, fixtures } = earlier;
    const note = `As version ${earlier.number} was`;
    const id = await writeDraft(ctx, policy.id, { rules, fixtures, note });
    await raiseVersion(ctx, policy.id);
    await record(ctx, "policy.rolled_back", policy.id, { version_id: id, to: earlier.number });
    return readPolicy(ctx, policy.id);
  });
}
