import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ChainStep } from "@/lib/execution/undo";
import { errorSentence } from "@/lib/execution/words";

type Props = { steps: readonly ChainStep[]; decisionId: string };

/** An act and what undoes it, on one page; nothing for a decision that stands alone. */
export function Chain({ steps, decisionId }: Props) {
  if (steps.length < 2) return null;
  return (
    <Card aria-labelledby="chain">
      <CardHeader id="chain" title="The act and its undoing" description="In the order they came." />
      <CardBody>
        <ol className="flex flex-col gap-3">
          {steps.map((step) => (
            <li
              key={step.decision_id}
              aria-current={step.decision_id === decisionId ? "page" : undefined}
              className="flex flex-col gap-1 border-s-2 ps-3 text-sm aria-[current]:border-primary"
            >
              <span className="flex flex-wrap items-center gap-2">
                <span className="text-xs text-muted-foreground">{placeOf(step)}</span>
                <StatusBadge kind="decision" status={step.status} />
                {step.execution ? <StatusBadge kind="execution" status={step.execution.status} /> : null}
              </span>
              <Link
                href={`/decisions/${step.decision_id}`}
                prefetch={false}
                className="font-semibold underline decoration-border-strong underline-offset-4"
              >
                <UntrustedInline text={step.summary} />
              </Link>
              <span className="text-xs text-muted-foreground">
                <Time at={step.at} />
                {step.by ? ` · proposed by ${step.by}` : null}
                {step.execution?.reference ? (
                  <UntrustedInline text={` · ${step.execution.reference}`} />
                ) : null}
              </span>
              {step.execution?.error ? (
                <span className="text-xs text-muted-foreground">
                  <UntrustedInline text={errorSentence(step.execution.error)} />
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function placeOf({ depth, attempt, attempts }: ChainStep): string {
  if (depth === 0) return "Original";
  return attempts > 1 ? `Undoes it, try ${attempt} of ${attempts}` : "Undoes it";
}
