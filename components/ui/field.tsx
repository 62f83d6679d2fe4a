"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { FieldControlContext } from "@/components/ui/field-control";
import { Label } from "@/components/ui/label";

type Props = {
  label: ReactNode;
  /** One sentence under the control. */
  hint?: ReactNode;
  /** What is wrong and what to do; announced when it appears. */
  error?: ReactNode;
  required?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  /** One Input, Textarea, Select, Slider or native control. */
  children: ReactNode;
};

/** Label, control, hint and error, wired together. */
export function Field({
  label,
  hint,
  error,
  required = false,
  hideLabel = false,
  className,
  children,
}: Props) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <FieldControlContext value={{ id, describedBy, invalid: Boolean(error), required }}>
      <div className={cn("flex flex-col gap-1.5", className)}>
        <Label htmlFor={id} className={hideLabel ? "sr-only" : undefined}>
          {label}
          {required ? <span className="ms-1 font-normal text-subtle-foreground">(required)</span> : null}
        </Label>
        {children}
        {hint ? (
          <p id={`${id}-hint`} className="text-xs text-muted-foreground">
            {hint}
          </p>
        ) : null}
        <p
          id={`${id}-error`}
          aria-live="polite"
          className="flex items-start gap-1 text-xs text-declined-text empty:hidden"
        >
          {error ? (
            <>
              <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
              <span>{error}</span>
            </>
          ) : null}
        </p>
      </div>
    </FieldControlContext>
  );
}
