import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Verdict } from "@/lib/kernel/statuses";
import { authorize, may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ApprovalChain, ApprovalState, ApprovalWord } from "../approvals";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import type { Refusal } from "../four-eyes";
import { approvalsOf, standingUnder, type Standing } from "../quorum";
import { digestOf, ruleOf, standingArguments } from "./case-rule";
import { seatOf, seatRefusal, standsAgainst } from "./check-four-eyes";
import { isLiveCase, readCase, type Case } from "./read-case";
import { person } from "./review-rows";
import { stamp } from "./review-sql";

/** Who approved a review's decision, what is still needed, and why the actor may not approve it, if so. */
export async function approvalState(ctx: Context, reviewId: string): Promise<ApprovalState> {
  authorize(ctx, "reviews.read");
  const about = await readCase(ctx, reviewId);
  const args = standingArguments(about);
  const rule = ruleOf(about, args);
  const standing = rule ? standingUnder(rule, about.given, digestOf(about, args)) : null;
  const chain = await chainOf(ctx, about.decision_id, rule, standing);
  const isLive = isLiveCase(about);
  const against = isLive && may(ctx.actor, "reviews.rule") ? standsAgainst(ctx, "approve", about) : null;
  const seat = isLive && against === null ? noSeat(ctx, about, standing, chain) : null;
  return {
    ...chain,
    stage: standing?.stage ?? 1,
    missing: standing?.missing ?? 0,
    refusal: against ?? seat,
    may_break_glass: isLive && against === null && about.leads && standing !== null && standing.missing > 0,
  };
}

/** Who approved a decision, and under which rule it was. Throws `not_found`. */
export async function getApprovalChain(ctx: Context, input: { decisionId: string }): Promise<ApprovalChain> {
  authorize(ctx, "reviews.read");
  const [found] = await rowsOf<{ rules: ApprovalRuleSnapshot[]; digest: string | null }>(
    ctx.db,
    sql`select d.action_digest as digest, (select coalesce(json_agg(r.approval_rule order by r.id), '[]') from reviews r
        where r.decision_id = d.id and r.approval_rule is not null) as rules
      from decisions d where d.id = ${input.decisionId} and d.org_id = ${ctx.orgId}`,
  );
  if (!found) throw new DomainError("not_found", `There is no decision ${input.decisionId.slice(0, 64)}`);
  const [first, ...others] = found.rules;
  const rule = others.reduce<ApprovalRuleSnapshot | null>(
    (most, each) => (most === null || approvalsOf(each) >= approvalsOf(most) ? each : most),
    first ?? null,
  );
  return chainOf(ctx, input.decisionId, rule, null);
}

function noSeat(ctx: Context, about: Case, standing: Standing | null, chain: ApprovalChain): Refusal | null {
  if (!standing?.open || !may(ctx.actor, "reviews.rule")) return null;
  const seat = seatOf(ctx, standing.open, about);
  const names = chain.stages[standing.stage - 1]?.members.map(({ name }) => name) ?? [];
  return seat.ok ? null : seatRefusal(standing.open, seat, names);
}

type WordRow = {
  actor: string;
  actor_name: string | null;
  on_behalf_of: string | null;
  lender_name: string | null;
  stage: number;
  verdict: Verdict;
  at: string;
  break_glass: string | null;
  voided_at: string | null;
};

async function chainOf(
  ctx: Context,
  decisionId: string,
  rule: ApprovalRuleSnapshot | null,
  standing: Standing | null,
): Promise<ApprovalChain> {
  if (!rule) return { rule: null, stages: [], given: [] };
  const given = await wordsOf(ctx, decisionId);
  const names = await namesOf(
    ctx,
    rule.stages.flatMap(({ members, excluded }) => [...members, ...(excluded ?? [])]),
  );
  const counted = standing
    ? standing.counted
    : given.filter((word) => word.verdict === "approve" && word.voided_at === null);
  const { id, version, name } = rule;
  const named = (user: string) => ({ id: user, name: names.get(user) ?? "Somebody who left" });
  return {
    rule: { id, version, name },
    stages: rule.stages.map((stage, at) => ({
      ...stage,
      members: stage.members.map(named),
      excluded: (stage.excluded ?? []).map(named),
      given: counted.filter((word) => word.stage === at + 1).length,
    })),
    given,
  };
}

async function wordsOf(ctx: Context, decisionId: string): Promise<ApprovalWord[]> {
  const rows = await rowsOf<WordRow>(
    ctx.db,
    sql`select ap.actor, u.name as actor_name, ap.on_behalf_of, l.name as lender_name, ap.stage, ap.verdict,
        ${stamp("ap.created_at")} as at, ap.break_glass, ${stamp("ap.voided_at")} as voided_at
      from approvals ap left join users u on ap.actor = 'user:' || u.id left join users l on ap.on_behalf_of = 'user:' || l.id
      where ap.decision_id = ${decisionId} and ap.org_id = ${ctx.orgId} order by ap.id`,
  );
  return rows.map(({ actor, actor_name, on_behalf_of, lender_name, ...word }) => ({
    ...word,
    by: person(actor, actor_name) ?? { id: actor, name: "Somebody" },
    on_behalf_of: person(on_behalf_of, lender_name),
  }));
}

async function namesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; name: string }>(
    ctx.db,
    sql`select id, name from users where org_id = ${ctx.orgId} and id = any(${sql.param([...ids])}::text[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
