"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";

type Props = { value: string; label?: string; className?: string };

/** Copies `value`; says so to the eye and to a screen reader. */
export function CopyButton({ value, label = "Copy", className }: Props) {
  const [said, setSaid] = useState("");
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setSaid("Copied");
    } catch {
      // Refused outside a secure context or without permission: the person can still select the text.
      setSaid("Could not copy");
    }
    setTimeout(() => setSaid(""), 2000);
  }
  return (
    <span className="inline-flex items-center">
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={() => void copy()}
        className={cn(
          "inline-flex size-6 items-center justify-center rounded-control text-subtle-foreground hover:bg-surface-3 hover:text-foreground pointer-coarse:size-10",
          className,
        )}
      >
        {said === "Copied" ? (
          <Check aria-hidden className="size-3.5" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
      <span
        aria-live="polite"
        className={said === "Could not copy" ? "text-xs text-muted-foreground" : "sr-only"}
      >
        {said}
      </span>
    </span>
  );
}
