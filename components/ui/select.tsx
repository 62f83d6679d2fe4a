"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-control";
import { controlStyles } from "@/components/ui/control-styles";

/** The platform's own select, dressed: `<Select><option/></Select>`. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <span className={cn("relative inline-flex w-full", className)}>
      <select
        className={cn(controlStyles, "h-8 appearance-none truncate pe-8 pointer-coarse:h-12")}
        {...useFieldControl(props)}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-subtle-foreground"
      />
    </span>
  );
}
