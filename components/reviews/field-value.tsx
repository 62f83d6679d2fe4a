import { JsonView } from "@/components/ui/json-view";
import { formatMoney } from "@/components/ui/money-text";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { JsonValue } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import { keywordText } from "./keyword-text";
import { readableOf } from "./readable";
import { wordDiff } from "./word-diff";

export type FieldOf = { review: Pick<ReviewView, "amount" | "amount_pointer">; field: string };
type ValueProps = FieldOf & { value: JsonValue | undefined };

/** One field of an action as people read it. */
export function FieldValue({ review, field, value }: ValueProps) {
  if (value === undefined) return <span className="text-subtle-foreground">not given</span>;
  if (review.amount_pointer === `/${field}` && typeof value === "number" && review.amount)
    return <span className="font-semibold tabular-nums">{formatMoney(value, review.amount.currency)}</span>;
  if (value === null) return <span className="text-subtle-foreground">nothing</span>;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  const readable = readableOf(value);
  if (readable?.kind === "money")
    return <span className="tabular-nums">{formatMoney(readable.amount, readable.currency)}</span>;
  if (readable?.kind === "moment")
    return (
      <>
        <UntrustedInline text={readable.at} className="tabular-nums" />{" "}
        <span className="text-xs text-muted-foreground">
          (<Time at={readable.at} />)
        </span>
      </>
    );
  if (typeof value === "string" && isPhrase(value)) return <UntrustedInline text={keywordText(value)} />;
  if (typeof value === "string") return <UntrustedText text={value} />;
  if (typeof value === "number") return <span className="tabular-nums">{String(value)}</span>;
  return <JsonView value={value} openTo={2} />;
}

/** On a line or two it stands like every other value; a longer text is set to be read. */
const isPhrase = (text: string) => text.length <= 80 && !text.includes("\n");

type ChangedProps = FieldOf & { before: JsonValue | undefined; after: JsonValue | undefined };

/** What changes, with signs and marks and not colour alone; inside longer texts word by word. */
export function FieldChange({ review, field, before, after }: ChangedProps) {
  if (typeof before === "string" && typeof after === "string" && isProse(before, after))
    return <WordChange before={before} after={after} />;
  return (
    <div className="flex flex-col gap-1">
      <del className="flex gap-2 rounded-sm bg-declined-soft px-1.5 text-declined-text no-underline">
        <span aria-hidden>−</span>
        <div className="min-w-0 line-through decoration-1">
          <FieldValue review={review} field={field} value={before} />
        </div>
      </del>
      <ins className="flex gap-2 rounded-sm bg-approved-soft px-1.5 text-approved-text no-underline">
        <span aria-hidden>+</span>
        <div className="min-w-0">
          <FieldValue review={review} field={field} value={after} />
        </div>
      </ins>
    </div>
  );
}

const isProse = (before: string, after: string) => /\s/.test(before.trim()) && /\s/.test(after.trim());

function WordChange({ before, after }: { before: string; after: string }) {
  const pieces = wordDiff(before, after);
  return (
    <p dir="auto" className="text-base wrap-anywhere whitespace-pre-wrap">
      {pieces.map((piece, index) =>
        // Pieces have no identity of their own and never move.
        piece.kind === "same" ? (
          <UntrustedInline key={index} text={piece.text} />
        ) : piece.kind === "del" ? (
          <del key={index} className="rounded-sm bg-declined-soft px-0.5 text-declined-text">
            <span aria-hidden>−</span>
            <UntrustedInline text={piece.text} />
          </del>
        ) : (
          <ins key={index} className="rounded-sm bg-approved-soft px-0.5 text-approved-text no-underline">
            <span aria-hidden>+</span>
            <UntrustedInline text={piece.text} />
          </ins>
        ),
      )}
    </p>
  );
}
