import { policies, policyVersions } from "@/db/schema";
import { findApp, keyTaken } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CreatePolicy, PolicyView } from "../views";
import { rulesOf, storedFixtures } from "./policy-parts";
import { readPolicy } from "./read-policies";

/** Creates a policy with its first draft; nothing of it is in force. Throws `key_taken`, `not_found`, `validation_failed`. */
export async function createPolicy(ctx: Context, input: CreatePolicy): Promise<PolicyView> {
  authorize(ctx, "policies.write");
  return inTransaction(ctx, async (ctx) => {
    const app = input.app === null ? null : await findApp(ctx, input.app);
    const rules = await rulesOf(ctx, input.rules);
    const id = newId("policy");
    const key = input.key ?? keyOf(input.name, id);
    const by = actorName(ctx.actor);
    const [created] = await ctx.db
      .insert(policies)
      .values({
        id,
        orgId: ctx.orgId,
        appId: app?.id ?? null,
        key,
        name: input.name,
        description: input.description,
        position: input.position,
        createdBy: by,
      })
      .onConflictDoNothing()
      .returning({ id: policies.id });
    if (!created) keyTaken("a policy", key);
    await ctx.db.insert(policyVersions).values({
      id: newId("policyVersion"),
      orgId: ctx.orgId,
      policyId: id,
      number: 1,
      rules,
      fixtures: storedFixtures(input.fixtures),
      note: input.note,
      editedBy: by,
    });
    await record(ctx, "policy.created", id, { key, app: app?.id ?? null, rules: rules.length });
    return readPolicy(ctx, id);
  });
}

// The end of the id keeps two policies of one name apart.
function keyOf(name: string, id: string): string {
  const words = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 80)
    .replaceAll(/-+$/g, "");
  return `${words || "policy"}-${id.slice(-6).toLowerCase()}`;
}
