import { Badge } from "@/components/ui/badge";
import type { AppealView } from "@/lib/notices/appeals";

const words = {
  offered: ["neutral", "Link made"],
  submitted: ["review", "Waits for an answer"],
  upheld: ["idle", "Decision stands"],
  overturned: ["edited", "Found wrong"],
  expired: ["idle", "Link lapsed"],
  withdrawn: ["idle", "Withdrawn"],
} as const;

/** How far an appeal is. */
export function AppealBadge({ appeal }: { appeal: Pick<AppealView, "status" | "overdue"> }) {
  if (appeal.overdue) return <Badge tone="escalated">Overdue</Badge>;
  const [tone, word] = words[appeal.status];
  return <Badge tone={tone}>{word}</Badge>;
}
