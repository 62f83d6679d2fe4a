"use client";

import type { ComponentProps } from "react";
import { cn } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-control";

/** The look of every text-like control; 16 px on touch, so that a phone does not zoom in. */
export const controlStyles =
  "w-full min-w-0 rounded-control border border-input bg-surface px-2.5 text-sm text-foreground transition-colors placeholder:text-subtle-foreground disabled:cursor-not-allowed disabled:bg-surface-2 disabled:opacity-70 aria-invalid:border-declined pointer-coarse:text-md";

/** A one-line text control; inside a `Field` it is labelled by it. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(controlStyles, "h-8 read-only:bg-surface-2 pointer-coarse:h-12", className)}
      {...useFieldControl(props)}
    />
  );
}
