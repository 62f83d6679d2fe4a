import type { Reason } from "@/lib/decisions/schema";
import { keptRule } from "@/lib/policies/cel";
import type { Facts } from "@/lib/policies/facts";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { expectedLoss } from "@/lib/reviews/expected-loss";
import type { Severity } from "@/lib/reviews/schema";
import { factsOf, stakeOf, type Checked } from "./facts-of";
import type { QueueInForce } from "./load-types";

export type Proposed = Checked & {
  reasons: readonly Reason[];
  /** The queue that a policy's rule routes it to; undefined: none does, or it is gone. */
  routedTo?: QueueInForce;
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
 * The queue of a decision that a person rules on: the one a policy routes it to, else the first, by position, whose
 * rule is true for it, else its type's.
 * A rule that cannot be evaluated counts as not true, and the review says so.
 */
export function placeReview(proposed: Proposed): Placement {
  const { type, money, submission, confidence } = proposed;
  const severity = stakeOf(proposed);
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
  const { type, routedTo } = proposed;
  const reasons: Reason[] = [];
  // A policy is signed by two; a queue's own rule is not.
  if (routedTo) return { queue: routedTo, reasons };
  if (type.ruledQueues.length === 0) return { queue: type.queue, reasons };
  const codes = proposed.reasons.map(({ code }) => code);
  const facts = { ...factsOf(proposed, severity), reasons: codes };
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
