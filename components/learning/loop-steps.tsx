import { Check } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { loopSteps, type Loop, type LoopStep } from "@/lib/learning/loop-steps";

/** How far the loop is, and what the step at hand waits for. */
export function LoopSteps(loop: Loop) {
  return (
    <ol
      aria-label="How far this is"
      className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-6"
    >
      {loopSteps(loop).map((step, index) => (
        <li
          key={step.name}
          aria-current={step.state === "now" ? "step" : undefined}
          className={cn(
            "flex gap-2 rounded-card border p-3 text-sm",
            step.state === "now" ? "border-primary bg-primary-soft" : "bg-card",
          )}
        >
          <Place step={step} number={index + 1} />
          <span className="min-w-0">
            <span className="block font-semibold">
              {step.name}
              {step.state === "done" ? <span className="sr-only">, done</span> : null}
            </span>
            <span className={step.state === "now" ? "" : "text-muted-foreground"}>{step.sentence}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Place({ step: { state }, number }: { step: LoopStep; number: number }) {
  if (state === "done") return <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-approved-text" />;
  return (
    <span aria-hidden className="w-4 shrink-0 text-center font-semibold tabular-nums">
      {number}
    </span>
  );
}
