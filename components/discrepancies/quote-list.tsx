import { UntrustedInline } from "@/components/ui/untrusted-text";
import { placeWords } from "@/lib/discrepancies/quotes";
import type { EvidenceSpan } from "@/lib/feedback/evidence";

/** Words of a decision, each with the place where it stands. */
export function QuoteList({ spans }: { spans: readonly EvidenceSpan[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {spans.map(({ part, pointer, start, end, quote }) => (
        <li key={`${part}${pointer}${start}-${end}`} className="border-s-2 border-escalated ps-2">
          <q className="wrap-anywhere">
            <UntrustedInline text={quote} />
          </q>
          <p className="font-mono text-2xs break-all text-muted-foreground">
            <UntrustedInline text={placeWords({ part, pointer })} />
          </p>
        </li>
      ))}
    </ul>
  );
}
