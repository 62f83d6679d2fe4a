import type { Reason } from "@/lib/decisions/schema";

const short: Record<string, string> = {
  global_stop: "Everything stopped",
  app_stop: "App stopped",
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

/** A reason as a chip says it; the whole sentence is its message. */
export function reasonChip({ code }: Reason): string {
  return short[code] ?? code.replaceAll("_", " ");
}
