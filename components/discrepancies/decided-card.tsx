"use client";

import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { UntrustedText } from "@/components/ui/untrusted-text";
import { causeSentences } from "@/lib/discrepancies/cause-sentences";
import type { DiscrepancyView } from "@/lib/discrepancies/schema";
import type { DiscrepancyActions } from "./actions";
import { QuoteList } from "./quote-list";
import { causeWords } from "./status";

type Props = { discrepancy: DiscrepancyView; reopen?: DiscrepancyActions["reopen"] | undefined };

/** What a person said it was, or that there is nothing in it. */
export function DecidedCard({ discrepancy, reopen }: Props) {
  const { id, status, cause, truth, note, decided_by, decided_at } = discrepancy;
  const { submit, pending, formError } = useSubmit(reopen ?? refuse);
  const router = useRouter();
  return (
    <Card>
      <CardHeader
        title={status === "confirmed" ? "Confirmed" : "Dismissed"}
        actions={
          reopen ? (
            <Button
              size="sm"
              pending={pending}
              onClick={() => void submit({ id }).then((done) => (done ? router.refresh() : undefined))}
            >
              Take it back
            </Button>
          ) : null
        }
      />
      <CardBody className="flex flex-col gap-2 text-sm">
        <FormError>{formError}</FormError>
        {cause ? (
          <p>
            <span className="text-lg font-semibold">{causeWords[cause]}</span>
            <span className="block text-muted-foreground">{causeSentences[cause]}</span>
          </p>
        ) : null}
        {truth ? <p>{truth === "positive" ? "Acting was right." : "Acting was wrong."}</p> : null}
        {status === "confirmed" ? <Quotes spans={discrepancy.confirmed_evidence} /> : null}
        {note ? <UntrustedText text={note} /> : null}
        <p className="text-xs text-muted-foreground">
          {decided_by ?? "Somebody"}
          {decided_at ? (
            <>
              , <Time at={decided_at} />
            </>
          ) : null}
        </p>
      </CardBody>
    </Card>
  );
}

function Quotes({ spans }: { spans: DiscrepancyView["confirmed_evidence"] }) {
  if (spans.length === 0)
    return <p className="text-muted-foreground">No words of the decision were quoted.</p>;
  return (
    <section aria-label="What it rests on">
      <QuoteList spans={spans} />
    </section>
  );
}

const refuse: DiscrepancyActions["reopen"] = () =>
  Promise.resolve({ ok: false, error: { message: "Your role may not take it back.", errors: [] } });
