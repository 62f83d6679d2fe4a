import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";

/** One key as printed on a button or in the key list. Hidden on narrow screens unless `className` says otherwise. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "hidden min-w-5 items-center justify-center rounded-sm border border-current/25 px-1 font-sans text-2xs leading-4 md:inline-flex",
        className,
      )}
      {...props}
    />
  );
}
