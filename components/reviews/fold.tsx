import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** What is there for those who ask: one quiet line until it is opened. */
export function Fold({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="group/fold text-xs text-muted-foreground">
      <summary className="inline-flex min-h-6 list-none items-center gap-0.5 rounded-sm hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 group-open/fold:rotate-90 rtl:rotate-180" />
        {title}
      </summary>
      <div className="ps-4 pt-1">{children}</div>
    </details>
  );
}
