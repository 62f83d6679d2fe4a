import type { Reason, Submission } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";
import { keptRule } from "@/lib/policies/cel";
import type { Facts } from "@/lib/policies/facts";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { expectedLoss } from "@/lib/reviews/expected-loss";
import { severityOf } from "@/lib/reviews/impact";
import type { Severity } from "@/lib/reviews/schema";
import type { QueueInForce, TypeInForce } from "./load-types";

export type Proposed = {
  submission: Submission;
  arguments: JsonObject;
  type: TypeInForce;
  money: Money | null;
  confidence: number | null;
  reasons: readonly Reason[];
};

/** Where a review goes and when it is due. */
export type Placement = {
  queueId: string;
  queueName: string;
  severity: Severity;
  /** Minor units; null where the queue does not order by it. */
  expectedLoss: number | null;
  /** Minutes from now. */
  slaMinutes: number;
  /** Why it stands in that queue, where it is not simply its type's. */
  reasons: Reason[];
};

/**
 * The queue of a decision that a person rules on: the first, by position, whose rule is true for it, else its type's.
 * A rule that cannot be evaluated counts as not true, and the review says so.
 */
export function placeReview(proposed: Proposed): Placement {
  const { type, money, submission, confidence } = proposed;
  const { reversibility, currency } = type;
  const cap = type.amountCap === null ? null : { amount: type.amountCap, currency };
  const severity = severityOf({ amount: money, cap, reversibility });
  const { queue, reasons } = chooseQueue(proposed, severity);
  const stake = { ...type, predicted: submission.proposal.predicted, confidence, amount: money };
  return {
    queueId: queue.id,
    queueName: queue.name,
    severity,
    expectedLoss: queue.order === "expected_loss" ? expectedLoss(stake) : null,
    slaMinutes: queue.slaMinutes[severity] ?? type.slaMinutes,
    reasons,
  };
}

function chooseQueue(proposed: Proposed, severity: Severity): { queue: QueueInForce; reasons: Reason[] } {
  const { type } = proposed;
  const reasons: Reason[] = [];
  if (type.ruledQueues.length === 0) return { queue: type.queue, reasons };
  const facts = factsOf(proposed, severity);
  for (const queue of type.ruledQueues) {
    const found = asked(queue, facts);
    if (found === false) continue;
    if (found === true) return { queue, reasons: [...reasons, sentBy(queue)] };
    reasons.push(failed(queue, found));
  }
  return { queue: type.queue, reasons };
}

function asked(queue: QueueInForce, facts: Facts): boolean | RuleProblem {
  const rule = keptRule(queue.rule ?? "false");
  if (rule instanceof RuleProblem) return rule;
  const { holds, error } = rule.holds(facts);
  return error ?? holds;
}

function factsOf(proposed: Proposed, severity: Severity): Facts {
  const { submission, type, money } = proposed;
  return {
    type: type.typeKey,
    app: type.appKey,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    confidence: proposed.confidence,
    predicted: submission.proposal.predicted,
    severity,
    input: submission.input,
    context: submission.context ?? null,
    arguments: proposed.arguments,
    subject: submission.subject ?? null,
    metadata: submission.metadata ?? null,
    model: submission.model?.name ?? null,
    prompt_version: submission.prompt_version ?? null,
    reasons: proposed.reasons.map(({ code }) => code),
  };
}

function sentBy(queue: QueueInForce): Reason {
  return {
    kind: "queue",
    code: "queue_rule",
    message: `The rule of the queue ${queue.name} takes it`,
    detail: { queue: queue.id },
  };
}

// What the evaluator says names the rule's own words, never the decision's data.
function failed(queue: QueueInForce, problem: RuleProblem): Reason {
  return {
    kind: "queue",
    code: "queue_rule_failed",
    message: `The rule of the queue ${queue.name} could not be evaluated: ${problem.message}`,
    detail: { queue: queue.id },
  };
}
