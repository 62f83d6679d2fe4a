"use client";

import { Sparkles } from "lucide-react";
import { useRouter } from "next/navigation";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { DiscrepancyView, ProposalView } from "@/lib/discrepancies/schema";
import type { DiscrepancyActions } from "./actions";
import { QuoteList } from "./quote-list";
import { causeWords } from "./status";

type Props = { discrepancy: DiscrepancyView; ask?: DiscrepancyActions["ask"] | undefined };

/** What the LLM auditor makes of it, marked as a machine's: it proposes, a person decides. */
export function ProposalCard({ discrepancy, ask }: Props) {
  const { proposal, asking, status } = discrepancy;
  const waits = status === "open" || status === "proposed";
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <Sparkles aria-hidden className="size-4" />
            {proposal?.by === "rules" ? "Proposed by rules" : "Proposed by the LLM auditor"}
          </span>
        }
        description="A proposal. A person says which cause it was."
        actions={ask && waits ? <AskAgain id={discrepancy.id} ask={ask} /> : null}
      />
      <CardBody className="flex flex-col gap-3 text-sm">
        {proposal ? <Proposed proposal={proposal} /> : <NotYet asking={asking} waits={waits} />}
      </CardBody>
    </Card>
  );
}

function Proposed({ proposal }: { proposal: ProposalView }) {
  const { by, usable, cause, confidence, why, evidence, dropped, at } = proposal;
  return (
    <>
      {usable ? (
        <p>
          <span className="text-lg font-semibold">{causeWords[cause]}</span>{" "}
          <span className="text-muted-foreground tabular-nums">
            {by === "rules"
              ? `${Math.round(confidence * 100)} % sure, as the rule has it`
              : `says it is ${Math.round(confidence * 100)} % sure`}
          </span>
        </p>
      ) : (
        <p className="font-semibold">
          It named {causeWords[cause].toLowerCase()}, but none of its quotes stand in the decision: it cannot
          be used.
        </p>
      )}
      <UntrustedText text={why} cap={800} />
      {evidence.length > 0 ? <QuoteList spans={evidence} /> : null}
      {dropped > 0 ? (
        <p className="text-muted-foreground">
          {dropped === 1 ? "1 quote was" : `${dropped} quotes were`} left out: not in the decision, letter by
          letter.
        </p>
      ) : null}
      <p className="text-xs text-muted-foreground">
        {by === "rules" ? "Fixed rules of ours, no model was asked" : <UntrustedInline text={by} />},{" "}
        <Time at={at} />
      </p>
    </>
  );
}

function NotYet({ asking, waits }: { asking: DiscrepancyView["asking"]; waits: boolean }) {
  if (!waits) return <p className="text-muted-foreground">No cause was proposed before a person decided.</p>;
  if (asking.error) {
    return (
      <p>
        It could not be asked: {asking.error}.{" "}
        {asking.due ? "It is tried again." : "It is not tried again by itself."}
      </p>
    );
  }
  return (
    <p className="text-muted-foreground">
      {asking.due
        ? "A cause is proposed within seconds, where the app has an LLM auditor."
        : "No cause is proposed."}
    </p>
  );
}

function AskAgain({ id, ask }: { id: string; ask: DiscrepancyActions["ask"] }) {
  const { submit, pending, formError } = useSubmit(ask);
  const router = useRouter();
  return (
    <>
      <Button
        size="sm"
        pending={pending}
        onClick={() => void submit({ id }).then((done) => (done ? router.refresh() : undefined))}
      >
        Ask again
      </Button>
      <FormError>{formError}</FormError>
    </>
  );
}
