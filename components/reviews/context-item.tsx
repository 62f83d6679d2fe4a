"use client";

import { Quote } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { useNow } from "@/components/ui/use-now";
import type { Citation, ContextItem as Item } from "@/lib/decisions/schema";
import { brokenCitations, isStale, quotesFrom } from "./cited";
import { CitedText } from "./cited-text";
import { linkOf } from "./evidence-kind";
import { EvidenceValue } from "./evidence-value";
import { HostLink } from "./host-link";

type Props = { item: Item; citations: readonly Citation[]; raw: boolean };

/** One thing the app knew: what it is, where from and how old, and what the rationale quotes of it. */
export function ContextItem({ item, citations, raw }: Props) {
  const cited = citations.some(({ context_id }) => context_id === item.id);
  const quotes = quotesFrom(citations, item.id);
  const absent = brokenCitations(
    citations.filter(({ context_id }) => context_id === item.id),
    [item],
  ).flatMap(({ citation: { quote } }) => quote ?? []);
  const inside = quotes.filter((quote) => !absent.includes(quote) && !item.text?.includes(quote.trim()));
  return (
    <li
      className={`flex min-w-0 flex-col gap-2 rounded-card border p-3 ${cited ? "border-s-2 border-s-primary" : ""}`}
    >
      <div className="flex items-start justify-between gap-2">
        <div className="flex min-w-0 flex-col gap-1">
          <h3 className="text-sm font-semibold">
            <UntrustedInline text={item.title ?? item.id} />
          </h3>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
            {item.kind ? (
              <Badge>
                <UntrustedInline text={item.kind} />
              </Badge>
            ) : null}
            {cited ? (
              <Badge tone="accent">
                <Quote aria-hidden className="size-3" />
                Cited
              </Badge>
            ) : null}
            {item.source ? (
              <span>
                from <UntrustedInline text={item.source} />
              </span>
            ) : null}
            <Age item={item} />
          </p>
        </div>
        <CopyButton
          label={`Copy ${item.title ?? item.id}`}
          value={item.data === undefined ? (item.text ?? "") : JSON.stringify(item.data, null, 2)}
        />
      </div>
      {item.text === undefined ? null : <CitedText text={item.text} quotes={quotes} />}
      {item.data === undefined ? null : (
        <EvidenceValue
          name={item.title ?? item.id}
          value={item.data}
          raw={raw}
          hint={item.kind}
          quotes={quotes}
        />
      )}
      <Quotes said="The rationale quotes" quotes={inside} />
      <Quotes said="The rationale quotes what is not here:" quotes={absent} />
      <ItemLink url={item.url} />
    </li>
  );
}

function Age({ item }: { item: Item }) {
  const now = useNow("minute");
  if (!item.fetched_at) return <span>age unknown</span>;
  const stale = now !== null && isStale(item.fetched_at, now);
  return (
    <>
      <span>
        fetched <Time at={item.fetched_at} />
      </span>
      {stale ? <Badge tone="review">More than a day old</Badge> : null}
    </>
  );
}

function ItemLink({ url }: { url: string | undefined }) {
  const link = url === undefined ? undefined : linkOf(url);
  if (url === undefined) return null;
  if (!link) return <UntrustedInline text={url} className="text-xs text-muted-foreground" />;
  return <HostLink href={link.href} host={link.host} />;
}

function Quotes({ said, quotes }: { said: string; quotes: readonly string[] }) {
  if (quotes.length === 0) return null;
  return (
    <p className="text-xs text-muted-foreground">
      {said}{" "}
      {quotes.map((quote, index) => (
        <span key={quote}>
          {index > 0 ? ", " : null}“<UntrustedInline text={quote.slice(0, 200)} className="text-foreground" />
          ”
        </span>
      ))}
    </p>
  );
}
