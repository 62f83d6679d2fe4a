import { ArrowRight } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { ConnectorClass } from "@/lib/apps/schema";
import { classWords } from "@/lib/apps/words";

const steps: Record<ConnectorClass, readonly string[]> = {
  A: ["Call", "No answer", "Same call again", "Acted once"],
  B: ["Call", "No answer", "Look it up", "Repeat only if nothing happened"],
  C: ["Call", "No answer", "Ask a person"],
};

/** What becomes of a call that got no answer, as steps and as a sentence. */
export function ClassPicture({ connectorClass }: { connectorClass: ConnectorClass }) {
  const path = steps[connectorClass];
  return (
    <figure className="flex flex-col gap-2 rounded-control bg-surface-2 px-3 py-2">
      <ol className="flex flex-wrap items-center gap-1.5 text-xs">
        {path.map((step, at) => (
          <li key={step} className="inline-flex items-center gap-1.5">
            {at > 0 ? (
              <ArrowRight aria-hidden className="size-3 text-subtle-foreground rtl:rotate-180" />
            ) : null}
            <span
              className={cn(
                "rounded-sm border bg-surface px-1.5 py-0.5",
                at === path.length - 1 && "font-semibold",
                step === "Ask a person" && "border-escalated/50 bg-escalated-soft text-escalated-text",
              )}
            >
              {step}
            </span>
          </li>
        ))}
      </ol>
      <figcaption className="text-sm">{classWords[connectorClass].sentence}</figcaption>
    </figure>
  );
}
