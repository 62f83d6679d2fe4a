import { ChevronDown, ChevronsUp, Equal } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Severity } from "@/lib/reviews/schema";

const looks = {
  high: { tone: "declined", word: "High", Icon: ChevronsUp },
  medium: { tone: "review", word: "Medium", Icon: Equal },
  low: { tone: "neutral", word: "Low", Icon: ChevronDown },
} as const;

/** How much is at stake, as icon and word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { tone, word, Icon } = looks[severity];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
