"use client";

import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { controlStyles } from "@/components/ui/control-styles";
import { useFieldControl } from "@/components/ui/field-control";

/** A one-line text control; inside a `Field` it is labelled by it. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(controlStyles, "h-8 read-only:bg-surface-2 pointer-coarse:h-12", className)}
      {...useFieldControl(props)}
    />
  );
}
