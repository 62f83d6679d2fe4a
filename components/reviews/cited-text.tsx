"use client";

import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { capText } from "@/components/ui/untrusted-segments";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import { stretchesOf } from "./cited";

type Props = { text: string; quotes: readonly string[]; cap?: number; className?: string };

/** Hostile text with the words that the rationale quotes marked; without any it is plain. */
export function CitedText({ text, quotes, cap = 2000, className }: Props) {
  const [whole, setWhole] = useState(false);
  const stretches = stretchesOf(text, quotes);
  if (!stretches.some(({ cited }) => cited))
    return <UntrustedText text={text} cap={cap} className={className} />;
  const { rest } = whole ? { rest: 0 } : capText(text, cap);
  const shown = rest > 0 ? stretchesOf(capText(text, cap).shown, quotes) : stretches;
  return (
    <div className={cn("min-w-0", className)}>
      <div dir="auto" className="text-base wrap-anywhere whitespace-pre-wrap">
        {shown.map((stretch, index) =>
          stretch.cited ? (
            // Stretches have no identity of their own and never move.
            <mark
              key={index}
              title="The rationale quotes this"
              className="rounded-sm border-b-2 border-primary bg-primary-soft px-0.5 text-foreground"
            >
              <UntrustedInline text={stretch.text} />
            </mark>
          ) : (
            <UntrustedInline key={index} text={stretch.text} />
          ),
        )}
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
