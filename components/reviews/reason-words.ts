import type { Reason } from "@/lib/decisions/schema";

const short: Record<string, string> = {
  global_stop: "Everything stopped",
  app_stop: "App stopped",
  type_stop: "Type stopped",
  connector_stop: "Connector stopped",
  review_all: "All are reviewed",
  amount_unknown: "Amount unreadable",
  currency_differs: "Other currency",
  over_cap: "Over the cap",
  no_confidence: "No confidence",
  no_threshold: "No threshold",
  below_threshold: "Below threshold",
  reached: "Threshold reached",
  shadow: "Only recorded",
  compensation: "Undoes another",
  queue_rule: "By the queue's rule",
  queue_rule_failed: "A queue's rule failed",
};

/** What a policy's name does not say of its rule. */
const policyEnds: Record<string, string> = {
  policy_two_reviewers: ": two reviewers",
  policy_sample: ": sampled",
  policy_decline: ": declined",
  policy_failed: ": a rule failed",
};

/** A reason as a chip says it; a policy's is its name. The whole sentence is its message. */
export function reasonChip({ kind, code, detail }: Reason): string {
  const policy = detail?.["policy"];
  if (kind === "policy" && typeof policy === "string") return `${policy}${policyEnds[code] ?? ""}`;
  return short[code] ?? code.replaceAll("_", " ");
}
