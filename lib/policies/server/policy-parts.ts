import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { policies, policyVersions, queues } from "@/db/schema";
import { requireVersion } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { checkRules } from "../check-rules";
import type { PolicyRule } from "../schema";
import type { FixtureInput, RuleInput } from "../views";
import { storedRules } from "../wire";

type PolicyRow = typeof policies.$inferSelect;
export type VersionOfPolicy = typeof policyVersions.$inferSelect;

/** The policy, held until the transaction ends, at the version its caller read. Throws `not_found`, `stale_version`. */
export async function lockPolicy(ctx: Context, idOrKey: string, version: number): Promise<PolicyRow> {
  const [policy] = await ctx.db
    .select()
    .from(policies)
    .where(
      and(
        eq(policies.orgId, ctx.orgId),
        or(eq(policies.id, idOrKey), eq(policies.key, idOrKey)),
        isNull(policies.archivedAt),
      ),
    )
    .for("update");
  if (!policy) throw new DomainError("not_found", `There is no policy ${idOrKey.slice(0, 100)}`);
  requireVersion("policy", version, policy.version);
  return policy;
}

/** Raises the policy's version: another editor notices, and what processes keep of its versions is read again. */
export async function raiseVersion(
  ctx: Context,
  policyId: string,
  set: Partial<typeof policies.$inferInsert> = {},
): Promise<void> {
  await ctx.db
    .update(policies)
    .set({ ...set, version: sql`${policies.version} + 1` })
    .where(eq(policies.id, policyId));
}

/** The draft or the version in shadow, the published one, and the highest number there was. */
export async function versionsOf(ctx: Context, policyId: string) {
  const live = await ctx.db
    .select()
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.policyId, policyId),
        inArray(policyVersions.status, ["draft", "shadow", "published"]),
      ),
    );
  return {
    open: live.find(({ status }) => status !== "published") ?? null,
    published: live.find(({ status }) => status === "published") ?? null,
  };
}

/** The open version in one of these states. Throws `conflict` with what it is instead. */
export function requireOpen(open: VersionOfPolicy | null, status: "draft" | "shadow"): VersionOfPolicy {
  if (!open) throw new DomainError("conflict", "There is no draft: save one first", { code: "no_draft" });
  if (open.status === status) return open;
  const message =
    status === "draft"
      ? "It is in shadow: take it back to draft before you change it"
      : "It is a draft: let it run in shadow before it is published";
  throw new DomainError("conflict", message, { code: status === "draft" ? "in_shadow" : "not_in_shadow" });
}

/** Rules as stored, their queues looked up. Throws `validation_failed` for a queue that is not in use. */
export async function rulesOf(ctx: Context, rules: readonly RuleInput[]): Promise<PolicyRule[]> {
  const stored = storedRules(rules);
  const wanted = [...new Set(stored.flatMap(({ queueId }) => (queueId ? [queueId] : [])))];
  if (wanted.length === 0) return stored;
  const found = await ctx.db
    .select({ id: queues.id })
    .from(queues)
    .where(and(eq(queues.orgId, ctx.orgId), inArray(queues.id, wanted), isNull(queues.archivedAt)));
  const at = rules.findIndex(({ queue_id: id }) => id && !found.some((queue) => queue.id === id));
  if (at < 0) return stored;
  const pointer = `/rules/${at}/queue_id`;
  throw new DomainError("invalid", `${pointer} is no queue in use`, {
    code: "validation_failed",
    errors: [{ pointer, code: "not_found", message: "is no queue in use", fix: "Name one that is." }],
  });
}

/** Throws `invalid_rule` with the place in the rule, where one of them cannot be used. */
export function requireUsable(rules: readonly PolicyRule[]): void {
  const { problems } = checkRules(rules, []);
  const [first] = problems;
  if (!first) return;
  const { rule, line, column, start, end } = first;
  throw new DomainError("invalid", `The rule ${rule}, line ${line}, column ${column}: ${first.message}`, {
    code: "invalid_rule",
    errors: problems.slice(0, 50).map((problem) => ({
      pointer: `/rules/${rules.findIndex(({ id }) => id === problem.rule)}/when`,
      code: "invalid_rule",
      message: problem.message,
      fix: problem.fix ?? undefined,
    })),
    extra: { rule: { id: rule, line, column, start, end } },
  });
}

/** What is stored of fixtures, as they were sent. */
export const storedFixtures = (fixtures: readonly FixtureInput[]) => [...fixtures];
