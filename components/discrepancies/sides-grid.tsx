import { Bot, Building2, ClipboardCheck, type LucideIcon, Sparkles, User, UserCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { SideView } from "@/lib/discrepancies/schema";
import { pairWords, sideWords } from "@/lib/discrepancies/sides";
import type { DiscrepancySide } from "@/lib/discrepancies/vocabulary";
import { ActionFields } from "@/components/reviews/action-fields";

const icons: Record<DiscrepancySide, LucideIcon> = {
  model: Bot,
  reviewer: UserCheck,
  auditor: ClipboardCheck,
  customer: User,
  llm_auditor: Sparkles,
  system_of_record: Building2,
};

const saidWords: Record<string, string> = {
  act: "Proposed to act",
  leave: "Proposed not to act",
  approve: "Approved",
  edit: "Edited, then approved",
  decline: "Declined",
  respond: "Responded without acting",
  correct: "Judged the model correct",
  incorrect: "Judged the model incorrect",
  borderline: "Judged it borderline",
  up: "Voted up",
  down: "Voted down",
  correction: "Sent a correction",
  upheld: "Appealed; the decision stood",
  overturned: "Appealed; it was found wrong",
  positive: "Acting turned out right",
  negative: "Acting turned out wrong",
};

/** Who said what, side by side, with when and in which words. */
export function SidesGrid({ sides, pairs }: { sides: SideView[]; pairs: string[] }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted-foreground">
        {pairs.length > 0 ? `Disagree: ${pairs.map(pairWords).join("; ")}.` : "Nobody disagrees any more."}
      </p>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {sides.map((side) => (
          <Side key={side.side} view={side} />
        ))}
      </ul>
    </div>
  );
}

function Side({ view }: { view: SideView }) {
  const Icon = icons[view.side];
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-card border bg-surface p-3">
      <h3 className="flex items-center gap-2 text-sm font-semibold">
        <Icon aria-hidden className="size-4 shrink-0" />
        {sideWords[view.side]}
      </h3>
      <Badge tone={view.truth === "positive" ? "approved" : "declined"}>
        {view.truth === "positive" ? "Acting is right" : "Acting is wrong"}
      </Badge>
      <p className="text-sm">{saidWords[view.said] ?? <UntrustedInline text={view.said} />}</p>
      {view.text ? <UntrustedText text={view.text} cap={400} className="text-sm" /> : null}
      {view.arguments ? <ActionFields fields={view.arguments} /> : null}
      <p className="mt-auto text-xs text-muted-foreground">
        {view.by ? <UntrustedInline text={view.by} /> : null}
        {view.by && view.at ? ", " : null}
        {view.at ? <Time at={view.at} /> : null}
      </p>
    </li>
  );
}
