import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ApprovalRuleSnapshot, ApprovalStage } from "../approval-rules";
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
  const { missing, counted, stage } = standingUnder(rule, about.given, digest);
  // Urgency is no way round being left out.
  const closed = rule.stages.slice(stage - 1).find(({ excluded }) => excluded?.includes(ctx.actor.id));
  if (closed) {
    throw new DomainError("forbidden", `The stage “${closed.name}” is not for you to approve`, {
      code: "excluded_person",
    });
  }
  if (about.overdue) return;
  const able = await ableReviewers(ctx, about, rule);
  const isFillable = (stage: ApprovalStage, at: number) =>
    stage.minimum - counted.filter((word) => word.stage === at + 1).length <=
    able.filter((person) => fits(stage, person)).length;
  if (able.length < missing || !rule.stages.every(isFillable)) return;
  throw new DomainError("forbidden", "The approvals can still be had; ask for them", {
    code: "quorum_possible",
    extra: { missing, able: able.length },
  });
}

/**
 * Reviewers who are there, who work in the queue or are named by the rule, have the queue's skills, and whom nothing
 * keeps from approving some stage.
 */
async function ableReviewers(ctx: Context, about: Case, rule: ApprovalRuleSnapshot): Promise<Reviewer[]> {
  const named = rule.stages.flatMap(({ members }) => members);
  const people = await rowsOf<Reviewer>(
    ctx.db,
    sql`select u.id, u.email, coalesce(us.skills, '[]') as skills from users u
      left join user_settings us on us.user_id = u.id
      where u.org_id = ${ctx.orgId} and u.role = 'reviewer' and u.disabled_at is null
        and (us.away_until is null or us.away_until <= now())
        and (not ${about.has_members} or u.id = any(${sql.param(named)}::text[]) or exists (select 1 from queue_members m
          where m.queue_id = ${about.queue_id} and m.user_id = u.id))`,
  );
  const facts = factsOf(about);
  return people.filter(
    (person) =>
      about.queue_skills.every((skill) => person.skills.includes(skill)) &&
      refusalOf(facts, { id: person.id, email: person.email, lenders: [] }) === null &&
      !about.given.some((word) => isUsedBy(word, `user:${person.id}`)) &&
      rule.stages.some((stage) => fits(stage, person)),
  );
}

function fits(stage: ApprovalStage, { id, skills }: Reviewer): boolean {
  return seatIn(stage, { me: id, skills, usable: [] }).ok;
}
