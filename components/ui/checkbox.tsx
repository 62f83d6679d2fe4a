import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  /** Keeps the label for screen readers only, as in a table's selection column. */
  hideLabel?: boolean;
  hint?: ReactNode;
};

/** The platform's checkbox with its label; the whole row is the target. */
export function Checkbox({ label, hideLabel, hint, className, ...props }: Props) {
  return (
    <label className={cn("inline-flex min-h-6 items-start gap-2 text-sm pointer-coarse:min-h-12", className)}>
      <span className="relative mt-0.5 inline-flex size-4 shrink-0">
        <input
          type="checkbox"
          className="peer size-4 cursor-pointer appearance-none rounded-sm border border-input bg-surface checked:border-primary checked:bg-primary disabled:opacity-55"
          {...props}
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 size-3 text-primary-foreground opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className={hideLabel ? "sr-only" : "flex flex-col"}>
        {label}
        {hint ? <span className="text-xs text-muted-foreground">{hint}</span> : null}
      </span>
    </label>
  );
}
