"use client";

import { formatMoney } from "@/components/ui/money-text";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";
import type { BulkPreview as Preview, Differences } from "@/lib/reviews/bulk";

/** What a ruling on many would do: how many, how much, what differs between them, and who is left out and why. */
export function BulkPreview({ preview }: { preview: Preview }) {
  const { count, totals, excluded, included, differences } = preview;
  return (
    <div className="flex flex-col gap-4">
      {count > 0 ? (
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="text-xl font-semibold tabular-nums">
            {count} {count === 1 ? "review" : "reviews"}
          </span>
          {totals.map(({ amount, currency }) => (
            <span key={currency} className="text-xl font-semibold tabular-nums">
              {formatMoney(amount, currency)}
            </span>
          ))}
          <span className="text-sm text-muted-foreground">
            {totals.length === 0 ? "They move no money." : "in all"}
          </span>
        </p>
      ) : null}
      {count > 1 ? <Varying differences={differences} /> : null}
      {count > 0 ? (
        <details className="text-sm">
          <summary className="cursor-pointer py-1 text-muted-foreground">The {count} one by one</summary>
          <ul className="mt-1 flex max-h-48 list-disc flex-col gap-1 overflow-y-auto ps-5">
            {included.map(({ id, summary }) => (
              <li key={id}>
                <UntrustedInline text={summary} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {excluded.length > 0 ? (
        <section aria-label="Left out" className="rounded-card border bg-surface-2 p-3 text-sm">
          <h3 className="font-semibold">{excluded.length} left out</h3>
          <ul className="mt-1 flex max-h-40 flex-col gap-1.5 overflow-y-auto">
            {excluded.map(({ id, summary, message }) => (
              <li key={id}>
                <UntrustedInline text={summary ?? id} />
                <span className="block text-xs text-muted-foreground">{message}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Varying({ differences: { alike, varying } }: { differences: Differences }) {
  return (
    <section aria-label="Differences" className="flex flex-col gap-2 text-sm">
      <h3 className="font-semibold">
        {varying.length === 0 ? "They are alike in every field" : "What differs between them"}
      </h3>
      {varying.length > 0 ? (
        <dl className="max-h-64 divide-y overflow-y-auto rounded-card border">
          {varying.map(({ name, values, others, least, most }) => (
            <div key={name} className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-3 px-3 py-1.5">
              <dt className="text-muted-foreground">
                <UntrustedInline text={name} />
                {least !== null && most !== null ? (
                  <span className="block text-xs tabular-nums">
                    {least} to {most}
                  </span>
                ) : null}
              </dt>
              <dd>
                <ul className="flex flex-col">
                  {values.map(({ value, count }, at) => (
                    // Values may be equal as text: a number and its digits.
                    <li key={at} className="flex min-w-0 gap-2">
                      <span className="min-w-0 truncate">
                        <Value value={value} />
                      </span>
                      <span className="ms-auto shrink-0 text-xs text-muted-foreground tabular-nums">
                        × {count}
                      </span>
                    </li>
                  ))}
                  {others > 0 ? (
                    <li className="text-xs text-muted-foreground">{others} with other values</li>
                  ) : null}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {alike.length > 0 ? (
        <p className="text-xs text-muted-foreground">
          The same in all:{" "}
          {alike.map(({ name, value }, at) => (
            <span key={name}>
              {at > 0 ? "; " : null}
              <UntrustedInline text={name} /> <Value value={value} />
            </span>
          ))}
        </p>
      ) : null}
    </section>
  );
}

function Value({ value }: { value: JsonValue }) {
  if (value === null) return <span className="text-subtle-foreground">not given</span>;
  return <UntrustedInline text={typeof value === "string" ? value : JSON.stringify(value)} />;
}
