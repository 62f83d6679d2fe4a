import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { checkRules } from "../check-rules";
import type { CheckRules, PolicyCheck, PolicyRef } from "../views";
import { storedRules } from "../wire";
import { versionsOf } from "./policy-parts";
import { readPolicy } from "./read-policies";

/** What is wrong with rules, with the place in each, and what fixtures come to. Stores nothing. */
export async function evaluatePolicy(ctx: Context, input: CheckRules): Promise<PolicyCheck> {
  authorize(ctx, "policies.read");
  return checkRules(storedRules(input.rules), [...input.fixtures]);
}

/** The same of a policy's draft, or of what is in force where it has none. Throws `not_found`. */
export async function testPolicy(ctx: Context, input: PolicyRef): Promise<PolicyCheck> {
  authorize(ctx, "policies.read");
  const { id } = await readPolicy(ctx, input.policy);
  // As they are kept: a masked fixture would come to something else.
  const { open, published } = await versionsOf(ctx, id);
  const version = open ?? published;
  return checkRules(version?.rules ?? [], [...(version?.fixtures ?? [])]);
}
