"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { FindingView } from "@/lib/policies/moderation/endpoints";
import { stretchesOf } from "./marked-text";

type Props = { text: string; findings: FindingView[] };

/** The text with what was found marked, and the findings as a list: the one in focus stands out in the text. */
export function Findings({ text, findings }: Props) {
  const [current, setCurrent] = useState<number>();
  if (findings.length === 0) return <p className="text-sm">Nothing found.</p>;
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <p className="rounded-card border bg-card p-3 text-sm break-words whitespace-pre-wrap">
        {stretchesOf(text, findings).map((stretch, index) =>
          stretch.findings.length === 0 ? (
            // Stretches have no identity of their own and never move.
            <UntrustedInline key={index} text={stretch.text} />
          ) : (
            <mark
              key={index}
              className={cn(
                "rounded-sm bg-review-soft text-review-text",
                current !== undefined && stretch.findings.includes(current) && "outline-2 outline-ring",
              )}
            >
              <UntrustedInline text={stretch.text} />
            </mark>
          ),
        )}
      </p>
      <div className="flex flex-col gap-2">
        <h3 className="text-sm font-semibold">
          {findings.length} {findings.length === 1 ? "finding" : "findings"}
        </h3>
        <ol className="flex flex-col gap-1">
          {findings.map((finding, index) => (
            <li key={`${finding.agent} ${finding.category} ${finding.start} ${finding.end}`}>
              <button
                type="button"
                aria-pressed={current === index}
                onFocus={() => setCurrent(index)}
                onClick={() => setCurrent(index)}
                className="flex min-h-9 w-full flex-wrap items-center justify-between gap-2 rounded-control border bg-surface px-3 py-1 text-start text-sm pointer-coarse:min-h-12 aria-pressed:bg-primary-soft"
              >
                <span className="min-w-0">
                  <span className="font-semibold">{finding.name}</span>{" "}
                  <UntrustedInline text={quoted(text, finding)} className="text-muted-foreground" />
                </span>
                <Badge tone={finding.asks ? "review" : "neutral"}>
                  {finding.asks ? "Asks a person" : "Noted"} · {finding.score.toFixed(2)}
                </Badge>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function quoted(text: string, { start, end }: FindingView): string {
  const words = text.slice(start, end).replaceAll("\n", " ");
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
