import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { ApprovalRuleInput } from "../approval-rules";
import type { Ruling } from "../schema";
import { createApprovalRule } from "./create-approval-rule";
import { createDelegation } from "./delegations";
import { resolveReview } from "./resolve-review";
import { anOpenReview } from "./testing";

type Options = Parameters<typeof anOpenReview>[1] & {
  /** Stages of the rule it is under; by default two approvals of any reviewers. */
  stages?: (typeof ApprovalRuleInput)["_input"]["stages"] | null;
};

/** An open review under an approval rule made by an admin, with Ana, Bo and Cleo who review. */
export async function aRuledReview(db: Database, { stages, ...options }: Options = {}) {
  const made = await anOpenReview(db, options);
  const { org, desk, decisionId, reviewId } = made;
  const [bo, cleo] = [await org.person("reviewer"), await org.person("reviewer")];
  const rule =
    stages === null
      ? null
      : await createApprovalRule(
          org.admin,
          ApprovalRuleInput.parse({
            name: "Two people",
            queue: desk.queue,
            stages: stages ?? [{ name: "Two reviewers", minimum: 2 }],
          }),
        );
  const give = (ctx: Context, ruling: Ruling, review: string) =>
    resolveReview(ctx, { reviewId: review, ruling });
  return {
    ...made,
    ana: org.reviewer,
    bo,
    cleo,
    rule,
    approve: (ctx: Context, review: string = reviewId) => give(ctx, { verdict: "approve" }, review),
    edit: (ctx: Context, amount: number, review: string = reviewId) =>
      give(ctx, { verdict: "edit", arguments: { invoice: "INV-0001", amount, currency: "EUR" } }, review),
    decline: (ctx: Context, review: string = reviewId) =>
      give(ctx, { verdict: "decline", note: "No" }, review),
    lend: (from: Context, to: Context) =>
      createDelegation(from, {
        to: to.actor.id,
        queue: null,
        reason: "On leave",
        ends_at: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    live: async () => {
      const rows = await db.select().from(schema.reviews).where(eq(schema.reviews.decisionId, decisionId));
      return rows.find(({ status }) => status === "open" || status === "claimed")?.id ?? "";
    },
  };
}
export type RuledReview = Awaited<ReturnType<typeof aRuledReview>>;

/** Everything that must stay as it was where a ruling is refused, to compare before and after. */
export async function stateOf(db: Database, decisionId: string) {
  const [state] = await rowsOf(
    db,
    sql`select d.status, d.version, d.decided_by, d.edited_arguments, d.approvals,
        (select json_agg(json_build_object('id', r.id, 'status', r.status, 'verdict', r.verdict) order by r.id) from reviews r
          where r.decision_id = d.id) as reviews,
        (select json_agg(json_build_object('id', a.id, 'voided', a.voided_at) order by a.id) from approvals a
          where a.decision_id = d.id) as words,
        (select count(*)::int from executions e where e.decision_id = d.id) as executions,
        (select count(*)::int from labels l where l.decision_id = d.id) as labels
      from decisions d where d.id = ${decisionId}`,
  );
  return state;
}

/** The person with another role from now on, as after a change by an admin. */
export function nowAs(ctx: Context, role: "reviewer" | "admin"): Context {
  if (ctx.actor.kind !== "user") throw new Error("not a person");
  return { ...ctx, actor: { ...ctx.actor, role } };
}

export const named = (ctx: Context): string => actorName(ctx.actor);

/** Stages for its queue, as an admin made them long ago. */
export async function makeRule(
  db: Database,
  { org, desk }: RuledReview,
  stages: { name: string; minimum: number; members?: string[]; excluded?: string[] }[],
): Promise<void> {
  const by = named(org.admin);
  await db.insert(schema.approvalRules).values({
    id: newId("approvalRule"),
    orgId: org.orgId,
    name: "Stages",
    queueId: desk.queue,
    stages: stages.map((stage) => ({ members: [], skills: [], ...stage })),
    createdBy: by,
    updatedBy: by,
  });
}

/** Makes somebody a member of its queue. */
export async function joins(
  db: Database,
  { desk, org }: RuledReview,
  ctx: Context,
  as: "member" | "lead" = "member",
): Promise<void> {
  await db
    .insert(schema.queueMembers)
    .values({ queueId: desk.queue, userId: ctx.actor.id, orgId: org.orgId, lead: as === "lead" });
}
