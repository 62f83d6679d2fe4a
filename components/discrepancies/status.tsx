import { Check, CircleDot, Sparkles, X, type LucideIcon } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { DiscrepancyStatus } from "@/lib/discrepancies/vocabulary";
import type { Cause } from "@/lib/kernel/statuses";

const looks: Record<DiscrepancyStatus, readonly [Tone, string, LucideIcon]> = {
  open: ["review", "Open", CircleDot],
  proposed: ["accent", "Proposed", Sparkles],
  confirmed: ["approved", "Confirmed", Check],
  dismissed: ["idle", "Dismissed", X],
};

/** Where a discrepancy stands. */
export function DiscrepancyBadge({ status }: { status: DiscrepancyStatus }) {
  const [tone, word, Icon] = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}

export const statusWords: Record<DiscrepancyStatus, string> = {
  open: looks.open[1],
  proposed: looks.proposed[1],
  confirmed: looks.confirmed[1],
  dismissed: looks.dismissed[1],
};

export const causeWords: Record<Cause, string> = {
  input: "Input",
  context: "Context",
  inference: "Inference",
  policy: "Policy",
  reviewer: "Reviewer",
};
