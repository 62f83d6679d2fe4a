"use client";

import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-control";
import { controlStyles } from "@/components/ui/control-styles";

/** A text control that grows with what is written in it. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        controlStyles,
        "field-sizing-content max-h-96 min-h-20 resize-y read-only:bg-surface-2 py-1.5",
        className,
      )}
      {...useFieldControl(props)}
    />
  );
}
