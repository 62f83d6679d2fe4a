import { eq, sql } from "drizzle-orm";
import { policyDivergences, policyVersions } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { Fixture, PolicyRule } from "../schema";
import type { PolicyStep, PolicyView, SaveDraft } from "../views";
import { asWritten } from "./as-written-fixtures";
import { lockPolicy, raiseVersion, requireOpen, rulesOf, storedFixtures, versionsOf } from "./policy-parts";
import { readPolicy } from "./read-policies";

/**
 * Saves what the next version says, with whatever is wrong with it so far; whoever saves it does not publish it.
 * Throws `stale_version`, `not_found`, `validation_failed`, and `in_shadow` for one that already runs in shadow.
 */
export async function saveDraft(ctx: Context, input: SaveDraft): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const rules = await rulesOf(ctx, input.rules);
    const { open, published } = await versionsOf(ctx, policy.id);
    const before = (open ?? published)?.fixtures ?? [];
    const fixtures = await asWritten(ctx, before, storedFixtures(input.fixtures));
    const content = { rules, fixtures, note: input.note };
    const id = await writeDraft(ctx, policy.id, content);
    await raiseVersion(ctx, policy.id);
    await record(ctx, "policy.draft_saved", policy.id, { version_id: id, rules: rules.length });
    return readPolicy(ctx, policy.id);
  });
}

/** Writes the open draft, or begins one. Throws `in_shadow`. Answers its id; the caller holds the policy. */
export async function writeDraft(
  ctx: Context,
  policyId: string,
  content: { rules: PolicyRule[]; fixtures: Fixture[]; note: string },
): Promise<string> {
  const { open } = await versionsOf(ctx, policyId);
  const editedBy = actorName(ctx.actor);
  if (open) {
    const draft = requireOpen(open, "draft");
    await ctx.db
      .update(policyVersions)
      .set({ ...content, editedBy, editedAt: sql`now()` })
      .where(eq(policyVersions.id, draft.id));
    return draft.id;
  }
  const [last] = await rowsOf<{ number: number }>(
    ctx.db,
    sql`select coalesce(max(number), 0)::int as number from policy_versions where policy_id = ${policyId}`,
  );
  const id = newId("policyVersion");
  const number = (last?.number ?? 0) + 1;
  await ctx.db
    .insert(policyVersions)
    .values({ id, orgId: ctx.orgId, policyId, number, ...content, editedBy });
  return id;
}

/** Gives the draft up, as if it had never been. Throws `stale_version`, `not_found`, `no_draft`, `in_shadow`. */
export async function discardDraft(ctx: Context, input: PolicyStep): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const draft = requireOpen((await versionsOf(ctx, policy.id)).open, "draft");
    await ctx.db.delete(policyDivergences).where(eq(policyDivergences.versionId, draft.id));
    await ctx.db.delete(policyVersions).where(eq(policyVersions.id, draft.id));
    await raiseVersion(ctx, policy.id);
    await record(ctx, "policy.draft_discarded", policy.id, { version_id: draft.id });
    return readPolicy(ctx, policy.id);
  });
}
