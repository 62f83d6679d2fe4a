import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = Omit<ComponentProps<"input">, "type" | "role"> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** On or off, effective at once; a setting that waits for Save is a `Checkbox`. */
export function Switch({ label, hint, className, ...props }: Props) {
  return (
    <label
      className={cn(
        "flex min-h-6 items-start justify-between gap-4 text-sm pointer-coarse:min-h-12",
        className,
      )}
    >
      <span className="flex flex-col">
        {label}
        {hint ? <span className="text-xs text-muted-foreground">{hint}</span> : null}
      </span>
      <span className="relative mt-px inline-flex h-5 w-9 shrink-0">
        <input
          type="checkbox"
          // The browser derives the state from the checkbox itself.
          // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props
          role="switch"
          className="peer h-5 w-9 cursor-pointer appearance-none rounded-full border border-input bg-surface-3 checked:border-primary checked:bg-primary disabled:opacity-55"
          {...props}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute start-1 top-1 size-3 rounded-full bg-subtle-foreground transition-transform peer-checked:translate-x-4 peer-checked:bg-primary-foreground rtl:peer-checked:-translate-x-4"
        />
      </span>
    </label>
  );
}
