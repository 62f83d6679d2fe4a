import { EyeOff } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DecisionRecord } from "@/lib/decisions/record";

/** In place of the model's side, for whoever still owes an answer of their own. */
export function JudgeFirst({ record }: { record: DecisionRecord }) {
  if (record.blind_review) return <RuleFirst record={record} />;
  return (
    <Card>
      <CardHeader title="Yours to audit" description="Your own answer comes before the model’s." />
      <CardBody className="flex flex-col items-start gap-3 text-sm text-muted-foreground">
        <p className="flex gap-2">
          <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          This decision was drawn for an audit. What the model proposed, how sure it was and what became of it
          are shown once it is judged.
        </p>
        <ButtonLink href={record.audit ? `/audits/${record.audit.id}` : "/audits"} variant="primary">
          {record.audit ? "Judge it" : "Go to audits"}
        </ButtonLink>
      </CardBody>
    </Card>
  );
}

function RuleFirst({ record }: { record: DecisionRecord }) {
  const { review } = record.decision;
  return (
    <Card>
      <CardHeader title="Your answer first" description="This review is blind." />
      <CardBody className="flex flex-col items-start gap-3 text-sm text-muted-foreground">
        <p className="flex gap-2">
          <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          What the model proposes, how sure it is and how alike cases were ruled are shown once it is
          answered.
        </p>
        {review ? (
          <ButtonLink href={`/inbox/${review.id}`} variant="primary">
            Review it
          </ButtonLink>
        ) : null}
      </CardBody>
    </Card>
  );
}
