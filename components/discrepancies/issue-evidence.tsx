import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { placeWords } from "@/lib/discrepancies/quotes";
import type { IssueEvidence, IssueView } from "@/lib/discrepancies/schema";
import { counted } from "@/lib/kernel/counted";
import { QuoteList } from "./quote-list";

type Props = { places: IssueView["places"]; items: readonly IssueEvidence[]; nextHref?: string | undefined };

/** What an issue's causes rest on: the places that are quoted most, and the words, discrepancy by discrepancy. */
export function IssueEvidenceCard({ places, items, nextHref }: Props) {
  return (
    <Card>
      <CardHeader
        title="What it rests on"
        description="The words of each decision that people quoted when they confirmed the cause."
      />
      <CardBody className="flex flex-col gap-4 text-sm">
        {places.length === 0 ? (
          <p className="text-muted-foreground">Nobody has quoted any words of its decisions yet.</p>
        ) : (
          <ul aria-label="Places quoted most" className="flex flex-wrap gap-x-4 gap-y-1">
            {places.map(({ part, pointer, discrepancies }) => (
              <li key={`${part}${pointer}`} className="wrap-anywhere">
                <span className="font-mono text-xs">
                  <UntrustedInline text={placeWords({ part, pointer })} />
                </span>{" "}
                <span className="text-muted-foreground">in {counted(discrepancies, "decision")}</span>
              </li>
            ))}
          </ul>
        )}
        {items.map(({ discrepancy_id, confirmed_by, evidence }) => (
          <section key={discrepancy_id} className="flex min-w-0 flex-col gap-1">
            <QuoteList spans={evidence} />
            <p className="text-xs text-muted-foreground">
              <Link className="text-primary-text underline" href={`/discrepancies/${discrepancy_id}`}>
                Quoted by {confirmed_by ?? "somebody"}
              </Link>
            </p>
          </section>
        ))}
      </CardBody>
      {nextHref ? (
        <CardFooter>
          <ButtonLink size="sm" href={nextHref}>
            Older quotes
          </ButtonLink>
        </CardFooter>
      ) : null}
    </Card>
  );
}
