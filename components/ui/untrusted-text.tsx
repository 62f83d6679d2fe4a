"use client";

import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { capText, splitUntrusted } from "@/components/ui/untrusted-segments";

/** Hostile text on one line or inside other text: escaped, isolated, the unseen made visible. Never a link. */
export function UntrustedInline({ text, className }: { text: string; className?: string }) {
  return (
    <bdi className={cn("break-words", className)}>
      {splitUntrusted(text).map((segment, index) =>
        segment.kind === "text" ? (
          segment.text
        ) : (
          <span
            // Segments have no identity of their own and never move.
            key={index}
            title={segment.meaning}
            className="mx-px rounded-sm border border-escalated bg-escalated-soft px-1 font-mono text-2xs whitespace-nowrap text-escalated-text"
          >
            {segment.label}
            <span className="sr-only"> ({segment.meaning})</span>
          </span>
        ),
      )}
    </bdi>
  );
}

type Props = {
  text: string;
  /** Characters before “Show more”. */
  cap?: number;
  mono?: boolean;
  className?: string;
};

/** A block of hostile text: input, rationale, model output, target answers. Line breaks stay, nothing else acts. */
export function UntrustedText({ text, cap = 2000, mono = false, className }: Props) {
  const [whole, setWhole] = useState(false);
  const { shown, rest } = whole ? { shown: text, rest: 0 } : capText(text, cap);
  return (
    <div className={cn("min-w-0", className)}>
      <div
        dir="auto"
        className={cn("text-base wrap-anywhere whitespace-pre-wrap", mono && "font-mono text-xs")}
      >
        <UntrustedInline text={shown} />
        {rest > 0 ? "…" : null}
      </div>
      {rest > 0 || whole ? (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole((was) => !was)}
          className="mt-1 inline-flex min-h-6 items-center text-xs font-semibold text-primary-text hover:underline"
        >
          {whole ? "Show less" : `Show ${rest.toLocaleString("en")} more characters`}
        </button>
      ) : null}
    </div>
  );
}
