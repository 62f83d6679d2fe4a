"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Citation, ContextItem as Item } from "@/lib/decisions/schema";
import type { JsonValue } from "@/lib/kernel/json";
import { ContextItem } from "./context-item";
import { EvidenceValue } from "./evidence-value";

type Evidence = { decision: { input: JsonValue; context: Item[] | null; citations?: readonly Citation[] } };
type Props = { review: Evidence; raw: boolean; onRaw: () => void };

/** What the app knew. All of it is hostile text: shown, never obeyed. */
export function EvidencePanel({ review, raw, onRaw }: Props) {
  const { input, context, citations = [] } = review.decision;
  const items = context ?? [];
  const cited = items.filter(({ id }) => citations.some(({ context_id }) => context_id === id)).length;
  return (
    <div className="flex flex-col gap-5">
      <section aria-labelledby="evidence-input" className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h2 id="evidence-input" className="text-sm font-semibold">
            Input
          </h2>
          <div className="flex items-center gap-1">
            <CopyButton
              label="Copy the input"
              value={typeof input === "string" ? input : JSON.stringify(input, null, 2)}
            />
            <Button variant="ghost" size="sm" shortcut="v" aria-pressed={raw} onClick={onRaw}>
              Raw
            </Button>
          </div>
        </div>
        <EvidenceValue name="Input" value={input} raw={raw} />
      </section>
      {items.length > 0 ? (
        <section aria-labelledby="evidence-context" className="flex flex-col gap-2">
          <h2 id="evidence-context" className="flex flex-wrap items-baseline gap-x-2 text-sm font-semibold">
            Context
            {citations.length > 0 ? (
              <span className="text-xs font-normal text-muted-foreground">
                {cited} of {items.length} cited
              </span>
            ) : null}
          </h2>
          <ul className="flex flex-col gap-3">
            {items.map((item) => (
              <ContextItem key={item.id} item={item} citations={citations} raw={raw} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
