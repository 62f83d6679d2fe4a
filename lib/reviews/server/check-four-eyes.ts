import { and, eq, inArray } from "drizzle-orm";
import { users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Verdict } from "@/lib/kernel/statuses";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { ApprovalStage } from "../approval-rules";
import {
  excludedRefusal,
  isUsedBy,
  refusalCodes,
  refusalOf,
  refuse,
  type FourEyesFacts,
  type Refusal,
  type Ruler,
} from "../four-eyes";
import { seatIn, type Seat } from "../quorum";
import { ruleOf, standingArguments } from "./case-rule";
import type { Case } from "./read-case";
import { personOf } from "./review-sql";

/** What four eyes looks at, of a case. */
export function factsOf(about: Case): FourEyesFacts {
  const { submitted_by, on_behalf_of, given, changed } = about;
  return { submitted_by, on_behalf_of, given, changed, excluded: about.excluded ?? [] };
}

/** The person who asks, with whose authority they hold. Throws `forbidden` for anybody who is not a person. */
export function rulerOf(ctx: Context, about: Case): Ruler {
  personOf(ctx);
  const email = ctx.actor.kind === "user" ? ctx.actor.email : "";
  return { id: ctx.actor.id, email, lenders: about.lenders.map(({ user }) => user) };
}

/** What stands against this person giving this verdict, or null. The stage of an approval rule is looked at apart. */
export function standsAgainst(ctx: Context, verdict: Verdict, about: Case): Refusal | null {
  const ruler = rulerOf(ctx, about);
  const me = personOf(ctx);
  if (about.excluded?.includes(me)) return excludedRefusal();
  const skill = about.queue_skills.find((needed) => !about.skills.includes(needed));
  if (skill !== undefined) {
    return refuse("lacks_skill", `The queue ${about.queue_name} needs somebody with the skill “${skill}”`);
  }
  if (!worksIn(about, ruler) && about.assigned_to !== me) {
    return refuse(
      "not_a_member",
      `Only members of the queue ${about.queue_name} rule on this; ask one of them`,
    );
  }
  return verdict === "approve" || verdict === "edit" ? approvalRefusal(verdict, factsOf(about), ruler) : null;
}

// The queue is everybody's, or theirs, or whose authority they hold; or its approval rule names them.
function worksIn(about: Case, { id, lenders }: Ruler): boolean {
  if (!about.has_members || about.member_ids.length > 0) return true;
  const stages = ruleOf(about, standingArguments(about))?.stages ?? [];
  return stages.some(({ members }) => [id, ...lenders].some((each) => members.includes(each)));
}

// Whoever approved or edited may change it once more: that gives no approval, and voids what was given.
function approvalRefusal(verdict: "approve" | "edit", facts: FourEyesFacts, ruler: Ruler): Refusal | null {
  return refusalOf(verdict === "edit" ? { ...facts, given: [] } : facts, ruler);
}

/** Throws `forbidden` with the rule's code where four eyes stands against this person giving this verdict. */
export function checkFourEyes(ctx: Context, verdict: Verdict, about: Case): void {
  const refusal = standsAgainst(ctx, verdict, about);
  if (refusal) throw refusedBy(refusal);
}

/** Where the person fits the open stage: their own seat, or a lender's whose word is not on it yet. */
export function seatOf(ctx: Context, stage: ApprovalStage, about: Case): Seat {
  const usable = about.lenders.map(({ user }) => user).filter((id) => !isUsed(about, `user:${id}`));
  return seatIn(stage, { me: ctx.actor.id, skills: about.skills, usable });
}

function isUsed(about: Case, who: string): boolean {
  return about.given.some((word) => isUsedBy(word, who));
}

/** The person's seat in the open stage. Throws `forbidden`, naming whom to ask. */
export async function requireSeat(ctx: Context, stage: ApprovalStage, about: Case) {
  const seat = seatOf(ctx, stage, about);
  if (seat.ok) return seat;
  throw refusedBy(seatRefusal(stage, seat, await namesOf(ctx, stage.members)));
}

/** Why somebody has no seat in a stage, in words; `names` are those of its members. */
export function seatRefusal(
  stage: ApprovalStage,
  seat: Seat & { ok: false },
  names: readonly string[],
): Refusal {
  if (seat.why === "lacks_skill") {
    return refuse(
      "lacks_skill",
      `The stage “${stage.name}” needs somebody with the skill “${seat.skill ?? ""}”`,
    );
  }
  if (seat.why === "excluded") {
    return refuse(
      "excluded_person",
      `The stage “${stage.name}” is not for you to approve; ask somebody it does not leave out`,
    );
  }
  const who = names.length === 0 ? "the people it names" : names.join(", ");
  return refuse("not_named", `The stage “${stage.name}” is approved by ${who}; ask one of them`);
}

async function namesOf(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await ctx.db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.orgId, ctx.orgId), inArray(users.id, [...ids])))
    .orderBy(users.name);
  return found.map(({ name }) => name);
}

export function refusedBy({ code, message }: Refusal): DomainError {
  return new DomainError("forbidden", message, { code, extra: { rule: code } });
}

/** Runs a ruling's checks; a refusal by four eyes goes on record before it is thrown. */
export async function onRecord<T>(ctx: Context, reviewId: string, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof DomainError && isRefusal(error.code)) {
      await record(ctx, "review.refused", reviewId, { rule: error.code });
    }
    throw error;
  }
}

const isRefusal = (code: string): boolean => refusalCodes.some((each) => each === code);
