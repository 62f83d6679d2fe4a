import type { ApprovalRuleSnapshot, ApprovalStage } from "./approval-rules";

/** An approval rule that is or was in force, as it is chosen from. */
export type RuleInForce = ApprovalRuleSnapshot & {
  position: number;
  queue_id: string | null;
  min_amount: number | null;
  /** In force when the decision was submitted; in force now. */
  when_submitted: boolean;
  now: boolean;
};

/** What a rule is held against; the type was looked at where the rules were read. */
export type RuleFacts = {
  /** Every queue it was in. */
  queues: readonly string[];
  /** Minor units of the type's currency; null: the type moves none; "unknown": it does, and nobody can say how much. */
  amount: number | null | "unknown";
};

/** A word somebody gave on the decision that still stands. */
export type Given = {
  id: string;
  actor: string;
  on_behalf_of: string | null;
  stage: number;
  verdict: "approve" | "edit" | "decline" | "respond";
  digest: string | null;
};

/** How many different people a rule asks for. */
export function approvalsOf(rule: Pick<ApprovalRuleSnapshot, "stages">): number {
  return rule.stages.reduce((sum, { minimum }) => sum + minimum, 0);
}

/**
 * The rule that binds: of each queue it was in, the first that fits when it was submitted and the first that fits now,
 * and whatever an earlier review of it was held to. The strictest wins; of equals, what was promised first.
 */
export function bindingRule(
  kept: readonly ApprovalRuleSnapshot[],
  rules: readonly RuleInForce[],
  facts: RuleFacts,
): ApprovalRuleSnapshot | null {
  const at = (when: "when_submitted" | "now") =>
    facts.queues.map((queue) =>
      firstThatFits(
        rules.filter((rule) => rule[when]),
        queue,
        facts.amount,
      ),
    );
  const candidates = [...kept, ...at("when_submitted"), ...at("now")].filter((rule) => rule !== undefined);
  const [first, ...others] = candidates;
  if (!first) return null;
  const strictest = others.reduce(
    (best, rule) => (approvalsOf(rule) > approvalsOf(best) ? rule : best),
    first,
  );
  const { id, version, name, stages } = strictest;
  return { id, version, name, stages };
}

/** The rule with as many approvals added as two different people take: what a policy that asks for two makes of it. */
export function askingTwo(rule: ApprovalRuleSnapshot | null): ApprovalRuleSnapshot {
  const own = rule ?? { id: "policy", version: 1, name: "Two reviewers, by a policy", stages: [] };
  const minimum = 2 - approvalsOf(own);
  if (minimum <= 0) return own;
  const name = own.stages.length === 0 ? "Two reviewers" : "Second reviewer, by a policy";
  return { ...own, stages: [...own.stages, { name, minimum, skills: [], members: [] }] };
}

function firstThatFits(rules: readonly RuleInForce[], queue: string, amount: RuleFacts["amount"]) {
  const fitting = rules.filter(
    (rule) => (rule.queue_id === null || rule.queue_id === queue) && reaches(amount, rule.min_amount),
  );
  return fitting.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))[0];
}

function reaches(amount: RuleFacts["amount"], least: number | null): boolean {
  if (least === null || amount === "unknown") return true;
  return amount !== null && amount >= least;
}

export type Standing = {
  /** Approvals of exactly what would run, which is all that counts. */
  counted: Given[];
  /** The stage that is open, counted from 1; one past the last when nothing is missing. */
  stage: number;
  open: ApprovalStage | null;
  /** Approvals still needed, in this stage and in all. */
  missingHere: number;
  missing: number;
};

/** How far a decision has come under its rule, of the words that still stand. */
export function standingUnder(rule: ApprovalRuleSnapshot, given: readonly Given[], digest: string): Standing {
  const counted = given.filter((word) => word.verdict === "approve" && word.digest === digest);
  const missingOf = (stage: ApprovalStage, at: number) =>
    Math.max(0, stage.minimum - counted.filter((word) => word.stage === at + 1).length);
  const missing = rule.stages.map(missingOf);
  const at = missing.findIndex((count) => count > 0);
  return {
    counted,
    stage: at < 0 ? rule.stages.length + 1 : at + 1,
    open: rule.stages[at] ?? null,
    missingHere: missing[at] ?? 0,
    missing: missing.reduce((sum, count) => sum + count, 0),
  };
}

/** Who may fill a stage: the person themselves, a lender in whose place they act, or why neither. */
export type Seat =
  | { ok: true; onBehalfOf: string | null }
  | { ok: false; why: "excluded" | "not_named" | "lacks_skill"; skill?: string };

/** Where the person fits a stage. `me` and lenders are user ids; `usable` are the lenders that nothing excludes. */
export function seatIn(
  stage: ApprovalStage,
  who: { me: string; skills: readonly string[]; usable: readonly string[] },
): Seat {
  const isExcluded = (id: string) => stage.excluded?.includes(id) ?? false;
  if (isExcluded(who.me)) return { ok: false, why: "excluded" };
  const skill = stage.skills.find((needed) => !who.skills.includes(needed));
  if (skill !== undefined) return { ok: false, why: "lacks_skill", skill };
  if (stage.members.length === 0 || stage.members.includes(who.me)) return { ok: true, onBehalfOf: null };
  const lender = who.usable.find((id) => stage.members.includes(id) && !isExcluded(id));
  return lender === undefined ? { ok: false, why: "not_named" } : { ok: true, onBehalfOf: lender };
}
