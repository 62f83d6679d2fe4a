import { eq, sql } from "drizzle-orm";
import { policyDays, policyDivergences, policyVersions } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { PolicyStep, PolicyView } from "../views";
import { lockPolicy, raiseVersion, requireOpen, requireUsable, versionsOf } from "./policy-parts";
import { readPolicy } from "./read-policies";

/**
 * Lets the draft run in shadow: it is asked about every decision, and only counted. Throws `stale_version`,
 * `not_found`, `no_draft`, `in_shadow`, and `invalid_rule` with the place in it.
 */
export async function startShadow(ctx: Context, input: PolicyStep): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const draft = requireOpen((await versionsOf(ctx, policy.id)).open, "draft");
    requireUsable(draft.rules);
    await ctx.db.delete(policyDivergences).where(eq(policyDivergences.versionId, draft.id));
    await ctx.db.delete(policyDays).where(eq(policyDays.versionId, draft.id));
    await ctx.db
      .update(policyVersions)
      .set({ status: "shadow", shadowedAt: sql`now()`, asked: 0, diverged: 0, failed: 0 })
      .where(eq(policyVersions.id, draft.id));
    await raiseVersion(ctx, policy.id);
    await record(ctx, "policy.shadow_started", policy.id, { version_id: draft.id });
    return readPolicy(ctx, policy.id);
  });
}

/** Takes the version in shadow back to draft, to be changed. Throws `stale_version`, `not_found`, `not_in_shadow`. */
export async function endShadow(ctx: Context, input: PolicyStep): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const shadow = requireOpen((await versionsOf(ctx, policy.id)).open, "shadow");
    await ctx.db.update(policyVersions).set({ status: "draft" }).where(eq(policyVersions.id, shadow.id));
    await raiseVersion(ctx, policy.id);
    await record(ctx, "policy.shadow_ended", policy.id, { version_id: shadow.id });
    return readPolicy(ctx, policy.id);
  });
}
