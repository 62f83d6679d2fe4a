import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import { isUsedBy, refusalOf } from "../four-eyes";
import { seatIn, standingUnder } from "../quorum";
import { factsOf } from "./check-four-eyes";
import type { Case } from "./read-case";

type Reviewer = { id: string; email: string; skills: string[] };

/**
 * Throws unless this person may approve alone what needs several: they lead its queue, and the quorum cannot be met
 * (too few people are left who may, or nobody came before it was due). Everything else of four eyes holds all the same.
 */
export async function checkBreakGlass(
  ctx: Context,
  about: Case,
  rule: ApprovalRuleSnapshot,
  digest: string,
): Promise<void> {
  authorize(ctx, "reviews.break_glass");
  if (!about.leads) {
    throw new DomainError("forbidden", `Only a lead of the queue ${about.queue_name} may break the glass`, {
      code: "not_a_lead",
    });
  }
  if (about.overdue) return;
  const missing = standingUnder(rule, about.given, digest).missing;
  const able = await ableReviewers(ctx, about, rule);
  if (able.length < missing) return;
  throw new DomainError("forbidden", "The approvals can still be had; ask for them", {
    code: "quorum_possible",
    extra: { missing, able: able.length },
  });
}

/** Reviewers who are there and whom nothing keeps from approving some stage of the rule. */
async function ableReviewers(ctx: Context, about: Case, rule: ApprovalRuleSnapshot): Promise<Reviewer[]> {
  const people = await rowsOf<Reviewer>(
    ctx.db,
    sql`select u.id, u.email, coalesce(us.skills, '[]') as skills from users u
      left join user_settings us on us.user_id = u.id
      where u.org_id = ${ctx.orgId} and u.role = 'reviewer' and u.disabled_at is null
        and (us.away_until is null or us.away_until <= now())
        and (not ${about.has_members} or exists (select 1 from queue_members m
          where m.queue_id = ${about.queue_id} and m.user_id = u.id))`,
  );
  const facts = factsOf(about);
  return people.filter(
    ({ id, email, skills }) =>
      refusalOf(facts, { id, email, lenders: [] }) === null &&
      !about.given.some((word) => isUsedBy(word, `user:${id}`)) &&
      rule.stages.some((stage) => seatIn(stage, { me: id, skills, usable: [] }).ok),
  );
}
