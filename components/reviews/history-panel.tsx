"use client";

import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { Fold } from "./fold";

/** What happened, oldest first: who, when, and what changed by it. */
export function HistoryPanel({ lines }: { lines: ReviewView["history"] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="why-history" className="flex flex-col gap-2">
      <h2 id="why-history" className="text-sm font-semibold">
        History
      </h2>
      <ol className="flex flex-col gap-1.5 border-s ps-3">
        {lines.map((line, at) => (
          // A line has no id of its own and never moves.
          <li
            key={`${line.type}${at}`}
            className={cn(
              "text-sm",
              line.type === "review.break_glass" && "font-semibold text-declined-text",
            )}
          >
            {line.note}
            {line.by ? ` by ${line.by}` : null}{" "}
            <Time at={line.at} className="text-xs text-muted-foreground" />
            <Changed data={line.data} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What an event carries besides what its sentence says. */
export function Changed({ data }: { data: JsonObject }) {
  const told = Object.entries(data).filter(([name, value]) => isTold(name, value));
  if (told.length === 0) return null;
  return (
    <Fold title="What changed">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 ps-2">
        {told.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name.replaceAll("_", " ")}</dt>
            <dd className="min-w-0 wrap-anywhere text-foreground">
              <UntrustedInline text={textOf(value)} />
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

const said = new Set([
  "by",
  "verdict",
  "reason",
  "status",
  "route",
  "truth",
  "vote",
  "judgement",
  "app_id",
  "mentions",
]);

function isTold(name: string, value: JsonValue): boolean {
  return !said.has(name) && value !== null && value !== "";
}

function textOf(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}
