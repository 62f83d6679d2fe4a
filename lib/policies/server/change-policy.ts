import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { ChangePolicy, PolicyView } from "../views";
import { lockPolicy, raiseVersion, versionsOf } from "./policy-parts";
import { readPolicy } from "./read-policies";

/**
 * Changes what a policy is called and where it is asked, which loosens nothing, or archives it once no rule of it is
 * in force: taking rules out of force is publishing a version without them, by two people. Throws `stale_version`,
 * `not_found`, `policy_in_force`.
 */
export async function changePolicy(ctx: Context, input: ChangePolicy): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const { name, description, position, archived } = input;
    if (archived) await requireIdle(ctx, policy.id);
    const archivedAt = archived ? ctx.now : undefined;
    await raiseVersion(ctx, policy.id, { name, description, position, archivedAt });
    const changed = Object.keys(input).filter((field) => field !== "policy" && field !== "version");
    await record(ctx, archived ? "policy.archived" : "policy.changed", policy.id, { changed });
    return readPolicy(ctx, policy.id);
  });
}

async function requireIdle(ctx: Context, policyId: string): Promise<void> {
  const { open, published } = await versionsOf(ctx, policyId);
  if ((published?.rules.length ?? 0) === 0 && open?.status !== "shadow") return;
  throw new DomainError(
    "conflict",
    "It is in force or in shadow: publish a version without rules first, which takes two people",
    { code: "policy_in_force" },
  );
}
