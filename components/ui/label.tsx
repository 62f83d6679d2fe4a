import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

/** A control's name. `Field` writes one by itself. */
export function Label({ className, htmlFor, children, ...props }: ComponentProps<"label">) {
  return (
    <label htmlFor={htmlFor} className={cn("text-sm font-semibold text-foreground", className)} {...props}>
      {children}
    </label>
  );
}
