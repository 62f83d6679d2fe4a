import { Badge, type Tone } from "@/components/ui/badge";
import type { PlanStatus } from "@/lib/audits/plan-words";

const looks: Record<PlanStatus, [tone: Tone, word: string]> = {
  draft: ["idle", "Draft"],
  drawn: ["accent", "Drawn"],
  closed: ["neutral", "Closed"],
};

/** Where a sampling plan stands. */
export function PlanStatusBadge({ status }: { status: PlanStatus }) {
  const [tone, word] = looks[status];
  return <Badge tone={tone}>{word}</Badge>;
}
