import type { CautionReason as Reason, PolicyCaution as Caution } from "./caution";
import { keptPolicyRule, type PolicyRuleCheck } from "./policy-cel";
import type { PolicyFacts } from "./facts";
import { historyKey, type HistoryAnswers, type HistoryAsk } from "./history";
import { RuleProblem } from "./rule-problem";
import { effects, type Effect, type PolicyRule } from "./schema";

/** A rule with what its `when` compiled to; one that does not compile asks for a person every time. */
type RuleInForce = PolicyRule & { compiled: PolicyRuleCheck | RuleProblem };

/** One version of a policy as decisions are held against it. */
export type PolicyInForce = {
  policyId: string;
  versionId: string;
  number: number;
  name: string;
  rules: readonly RuleInForce[];
};

/** What rules may ask besides the decision's own facts. */
export type Lookups = { history: HistoryAnswers };

type PolicyHit = { policyId: string; versionId: string; ruleId: string; effect: Effect };
type PolicyFailure = { policyId: string; versionId: string; ruleId: string };

export type PolicyRuling = {
  /** Without the sample: see {@link drawnCaution}. */
  caution: Caution;
  /** Of the first rule that names one; it counts when a person is asked. */
  queueId: string | null;
  twoReviewers: boolean;
  /** The largest share asked for, 0 when none is. */
  sampleShare: number;
  sample: Reason | null;
  hits: readonly PolicyHit[];
  failed: readonly PolicyFailure[];
};

/** What a ruling is where no policy is in force. */
export const noRuling: PolicyRuling = {
  caution: { review: [], decline: null },
  queueId: null,
  twoReviewers: false,
  sampleShare: 0,
  sample: null,
  hits: [],
  failed: [],
};

/** A stored version with its rules compiled, which is done once and kept. */
export function policyInForce(
  version: Omit<PolicyInForce, "rules"> & { rules: readonly PolicyRule[] },
): PolicyInForce {
  return {
    ...version,
    rules: version.rules.map((rule) => ({ ...rule, compiled: keptPolicyRule(rule.when) })),
  };
}

/** Everything these policies ask of history, each once. */
export function asksOf(policies: readonly PolicyInForce[]): HistoryAsk[] {
  const found = new Map<string, HistoryAsk>();
  for (const { rules } of policies) {
    for (const { compiled } of rules) {
      if (compiled instanceof RuleProblem) continue;
      for (const ask of compiled.asks) found.set(historyKey(ask), ask);
    }
  }
  return [...found.values()];
}

/**
 * What policies say of one decision. Every rule is asked, in order, and the most restrictive answer wins; a rule that
 * cannot be evaluated sends it to a person, and nothing a rule says lets anything run. Pure.
 */
export function ruleOn(
  policies: readonly PolicyInForce[],
  facts: PolicyFacts,
  lookups: Lookups,
): PolicyRuling {
  const hits: Hit[] = [];
  const failed: Failure[] = [];
  for (const policy of policies) {
    for (const rule of policy.rules) {
      const problem = askedOf(rule, facts, lookups);
      if (problem === true) hits.push({ policy, rule });
      else if (problem !== false) failed.push({ policy, rule, problem });
    }
  }
  if (hits.length + failed.length === 0) return noRuling;
  const sample = largestShare(hits);
  return {
    caution: cautionOf(hits, failed),
    queueId: hits.find(({ rule }) => rule.effect === "route_to" && rule.queueId)?.rule.queueId ?? null,
    twoReviewers: hits.some(({ rule }) => rule.effect === "require_two_reviewers"),
    sampleShare: sample ? shareOf(sample.rule) : 0,
    sample: sample && reasonOf(sample),
    hits: hits.map(({ policy, rule }) => ({ ...idsOf(policy, rule), effect: rule.effect })),
    failed: failed.map(({ policy, rule }) => idsOf(policy, rule)),
  };
}

/** The caution of a ruling with its sample drawn; `draw` is uniform in [0, 1) and independent of everything else. */
export function drawnCaution({ caution, sample, sampleShare }: PolicyRuling, draw: number): Caution {
  if (!sample || draw >= sampleShare) return caution;
  return { ...caution, review: [...caution.review, sample] };
}

type Hit = { policy: PolicyInForce; rule: RuleInForce };
type Failure = Hit & { problem: RuleProblem };

function askedOf(rule: RuleInForce, facts: PolicyFacts, lookups: Lookups): boolean | RuleProblem {
  if (rule.compiled instanceof RuleProblem) return rule.compiled;
  const { holds, error } = rule.compiled.holds(facts, lookups.history);
  return error ?? holds;
}

/** Declining outranks asking; a rule that failed outranks declining, because nobody knows what it would have said. */
function cautionOf(hits: readonly Hit[], failed: readonly Failure[]): Caution {
  const decline = hits.find(({ rule }) => rule.effect === "decline");
  const declines = decline ? reasonOf(decline) : null;
  if (declines && failed.length === 0) return { review: [], decline: declines };
  const asking = hits
    .filter(({ rule }) => rule.effect !== "sample")
    .toSorted((a, b) => rankOf(b.rule.effect) - rankOf(a.rule.effect))
    .map(reasonOf);
  return { review: [...failed.map(failureOf), ...asking], decline: declines };
}

const rankOf = (effect: Effect) => effects.indexOf(effect);

function largestShare(hits: readonly Hit[]): Hit | null {
  const samples = hits.filter(({ rule }) => rule.effect === "sample");
  return samples.reduce<Hit | null>(
    (best, hit) => (best && shareOf(best.rule) >= shareOf(hit.rule) ? best : hit),
    null,
  );
}

// A share that is missing or no share means everything: a doubt asks for a person.
function shareOf({ share }: PolicyRule): number {
  return share !== undefined && share >= 0 && share <= 1 ? share : 1;
}

/** Codes of reasons of kind `policy`; the approval of what carries `policy_two_reviewers` takes two people. */
const effectCodes: Record<Effect, string> = {
  sample: "policy_sample",
  route_to: "policy_route_to",
  require_review: "policy_review",
  require_two_reviewers: "policy_two_reviewers",
  decline: "policy_decline",
};
const failedCode = "policy_failed";

function reasonOf({ policy, rule }: Hit): Reason {
  const message = `${policy.name}: ${rule.message || rule.id}`;
  return { kind: "policy", code: effectCodes[rule.effect], message, detail: detailOf(policy, rule) };
}

// Names the place in the rule and nothing that was read: an evaluator's words can quote the decision.
function failureOf({ policy, rule, problem }: Failure): Reason {
  const message = `${policy.name}: the rule ${rule.id} could not be evaluated at line ${problem.line}, column ${problem.column}`;
  const detail = { ...detailOf(policy, rule), line: problem.line, column: problem.column };
  return { kind: "policy", code: failedCode, message, detail };
}

function detailOf(policy: PolicyInForce, rule: PolicyRule) {
  const { policyId: policy_id, versionId: version_id, number: version, name } = policy;
  return { policy_id, version_id, version, rule: rule.id, policy: name };
}

const idsOf = ({ policyId, versionId }: PolicyInForce, { id: ruleId }: PolicyRule): PolicyFailure => {
  return { policyId, versionId, ruleId };
};
