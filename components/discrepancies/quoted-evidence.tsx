import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import { cutAt, leavesOf, placeWords } from "@/lib/discrepancies/quotes";
import type { DiscrepancyView } from "@/lib/discrepancies/schema";
import type { JsonValue } from "@/lib/kernel/json";

type Props = { evidence: DiscrepancyView["evidence"]; quotes: readonly EvidenceSpan[] };

/** Characters of one text shown around what nobody quoted. */
const mostShown = 1500;

/** Everything the decision rested on, text by text, with what is quoted marked where it stands. */
export function QuotedEvidence({ evidence, quotes }: Props) {
  // Checked when the decision came in: context items are JSON.
  const context = (evidence.context ?? []) as unknown as JsonValue;
  const leaves = leavesOf({ ...evidence, context });
  if (leaves.length === 0) {
    return <p className="text-sm text-muted-foreground">The decision came without any text.</p>;
  }
  return (
    <dl className="flex flex-col gap-3">
      {leaves.map(({ part, pointer, text }) => {
        const own = quotes.filter((quote) => quote.part === part && quote.pointer === pointer);
        return (
          <div key={`${part}${pointer}`} className="min-w-0">
            <dt className="text-xs break-words text-muted-foreground">
              <UntrustedInline text={placeWords({ part, pointer })} />
            </dt>
            <dd dir="auto" className="text-sm wrap-anywhere whitespace-pre-wrap">
              <Marked text={text} spans={own} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Marked({ text, spans }: { text: string; spans: readonly EvidenceSpan[] }) {
  const reach = Math.max(mostShown, ...spans.map(({ end }) => end + 200));
  const shown = text.slice(0, reach);
  return (
    <>
      {cutAt(shown, spans).map((cut, at) =>
        cut.quoted ? (
          // Pieces of one text have no identity of their own and never move.
          <mark key={at} className="rounded-sm bg-escalated-soft px-0.5 text-escalated-text">
            <span className="sr-only">Quoted: </span>
            <UntrustedInline text={cut.text} />
          </mark>
        ) : (
          <UntrustedInline key={at} text={cut.text} />
        ),
      )}
      {text.length > shown.length ? "…" : null}
    </>
  );
}
