import { eq, sql } from "drizzle-orm";
import { policyVersions } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { differencesOf, mayLoosen } from "../differences";
import { runFixtures } from "../fixtures";
import type { PolicyStep, PolicyView } from "../views";
import {
  lockPolicy,
  raiseVersion,
  requireOpen,
  requireUsable,
  versionsOf,
  type VersionOfPolicy,
} from "./policy-parts";
import { readPolicy } from "./read-policies";
import { requireFlipsOpened } from "./require-flips-opened";

/**
 * Puts the version in shadow in force, in place of the one that was. Always by another admin than the one who edited
 * it last, whether it asks for more or for less. Every fixture passes, and a version with rules has at least one. A
 * version that may ask for less than the one in force was replayed, and what it would have let act was opened. Throws
 * `stale_version`, `not_found`, `not_in_shadow`, `same_person`, `fixtures_failed`, `invalid_rule`, `replay_required`,
 * `flips_unopened`.
 */
export async function publishPolicy(ctx: Context, input: PolicyStep): Promise<PolicyView> {
  authorize(ctx, "policies.publish");
  return inTransaction(ctx, async (ctx) => {
    const policy = await lockPolicy(ctx, input.policy, input.version);
    const { open, published } = await versionsOf(ctx, policy.id);
    const next = requireOpen(open, "shadow");
    requireSecond(ctx, next);
    requireUsable(next.rules);
    requirePassing(next);
    const before = published?.rules ?? [];
    const missing = mayLoosen(before, next.rules) ? "refuse" : "pass";
    await requireFlipsOpened(ctx, { kind: "policy", versionId: next.id }, { missing });
    await putInForce(ctx, published, next);
    await raiseVersion(ctx, policy.id);
    const data = { version_id: next.id, number: next.number, app_id: policy.appId };
    await emit(ctx, { type: "policy.published", subject: policy.id, data });
    await record(ctx, "policy.published", policy.id, {
      ...data,
      replaces: published?.id ?? null,
      changed: differencesOf(before, next.rules).length,
    });
    return readPolicy(ctx, policy.id);
  });
}

async function putInForce(
  ctx: Context,
  published: VersionOfPolicy | null,
  next: VersionOfPolicy,
): Promise<void> {
  if (published) {
    await ctx.db
      .update(policyVersions)
      .set({ status: "retired", retiredAt: sql`now()` })
      .where(eq(policyVersions.id, published.id));
  }
  await ctx.db
    .update(policyVersions)
    .set({ status: "published", publishedBy: actorName(ctx.actor), publishedAt: sql`now()` })
    .where(eq(policyVersions.id, next.id));
}

function requireSecond(ctx: Context, { editedBy }: VersionOfPolicy): void {
  if (editedBy !== actorName(ctx.actor)) return;
  throw new DomainError("forbidden", "You edited it last: another admin publishes it", {
    code: "same_person",
  });
}

function requirePassing({ rules, fixtures }: VersionOfPolicy): void {
  if (rules.length > 0 && fixtures.length === 0) {
    throw new DomainError("conflict", "It has no fixture: say of at least one decision what it must do", {
      code: "fixtures_failed",
    });
  }
  const failing = runFixtures(rules, fixtures).filter(({ pass }) => !pass);
  if (failing.length === 0) return;
  const names = failing.slice(0, 5).map(({ name }) => `“${name}”`);
  throw new DomainError(
    "conflict",
    `${failing.length} of ${fixtures.length} fixtures do not pass: ${names.join(", ")}`,
    {
      code: "fixtures_failed",
      extra: { fixtures: failing.map(({ name }) => name) },
    },
  );
}
