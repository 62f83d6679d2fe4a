import Link from "next/link";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { DecisionRecord } from "@/lib/decisions/record";
import type { LabelSource } from "@/lib/decisions/schema";

const sources: Record<LabelSource, string> = {
  review: "A reviewer’s verdict",
  audit: "An auditor’s judgement",
  outcome: "What turned out",
};

/** What became of the decision: the review, the execution, the audit, and who says it was right. */
export function Course({ record }: { record: DecisionRecord }) {
  const { decision, audit, labels } = record;
  const { review, execution } = decision;
  return (
    <Card>
      <CardHeader title="What became of it" description={ruling(record)} />
      <CardBody className="flex flex-col gap-3">
        {review ? (
          <Part
            name="Review"
            href={`/inbox/${review.id}`}
            badge={<StatusBadge kind="review" status={review.status} />}
          >
            {review.verdict ? `${record.resolved_by ?? "Somebody"} answered ${review.verdict}` : null}
            {review.due_at && !review.verdict ? (
              <>
                Due <Time at={review.due_at} />
              </>
            ) : null}
            {review.reason_code ? <UntrustedInline text={`: ${review.reason_code}`} /> : null}
            {review.note ? <UntrustedText text={review.note} cap={400} /> : null}
          </Part>
        ) : null}
        {execution ? (
          <Part
            name="Execution"
            href={`/executions/${execution.id}`}
            badge={<StatusBadge kind="execution" status={execution.status} />}
          >
            {execution.attempts === 1 ? "1 attempt" : `${execution.attempts} attempts`}
            {execution.reference ? <UntrustedInline text={` · ${execution.reference}`} /> : null}
            {execution.error ? <UntrustedText text={execution.error} cap={300} /> : null}
          </Part>
        ) : null}
        {audit ? (
          <Part
            name="Audit"
            href={`/audits/${audit.id}`}
            badge={
              audit.judgement ? (
                <StatusBadge kind="judgement" status={audit.judgement} />
              ) : (
                <StatusBadge kind="audit" status={audit.status} />
              )
            }
          >
            {audit.by ? `By ${audit.by}` : "Waits for an auditor"}
            {audit.cause ? `, because of the ${audit.cause}` : null}
            {audit.note ? <UntrustedText text={audit.note} cap={400} /> : null}
          </Part>
        ) : null}
        {labels.map(({ source, truth, by, at }) => (
          <Part key={source} name={sources[source]}>
            {truth === "positive" ? "Acting was right" : "Acting was not right"} · <Time at={at} />
            {by ? ` · ${by}` : null}
          </Part>
        ))}
        {!review && !execution && !audit && labels.length === 0 ? (
          <p className="text-sm text-muted-foreground">
            Nothing was carried out, and nobody has said whether that was right.
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}

type PartProps = { name: string; href?: string; badge?: ReactNode; children: ReactNode };

function Part({ name, href, badge, children }: PartProps) {
  return (
    <section className="flex flex-col gap-0.5 border-b pb-3 last:border-0 last:pb-0">
      <h3 className="flex items-center justify-between gap-2 text-sm font-semibold">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className="underline decoration-border-strong underline-offset-4"
          >
            {name}
          </Link>
        ) : (
          name
        )}
        {badge}
      </h3>
      <div className="text-sm text-muted-foreground">{children}</div>
    </section>
  );
}

function ruling({ decision, decided_by }: DecisionRecord): ReactNode {
  if (decision.decided_at === null) return "Nobody has ruled yet.";
  return (
    <>
      {decided_by === "router" ? "Decided by the router" : `Decided by ${decided_by ?? "somebody"}`},{" "}
      <Time at={decision.decided_at} />.
    </>
  );
}
