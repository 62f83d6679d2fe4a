import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { QueueAttention } from "@/lib/evaluations/attention-view";
import { plainText, spanText, verdictText } from "./attention-words";

const orderWords = {
  sla: "what is due first",
  expected_loss: "what may cost most per minute of a person",
  oldest: "what waits longest",
} as const;

/** One queue: what arrives, how long it takes, the hours there are, and the last review they reach. */
export function QueueCard({ queue }: { queue: QueueAttention }) {
  const { utilisation, late, handling, marginal } = queue;
  const heading = `queue-${queue.queue.key}`;
  return (
    <Card aria-labelledby={heading} className="min-w-0">
      <CardHeader
        id={heading}
        title={queue.queue.name}
        description={verdictText(queue)}
        actions={
          late && late.count > 0 ? <Badge tone="escalated">{plainText(late.count)} will be late</Badge> : null
        }
      />
      <CardBody className="flex flex-col gap-4">
        {utilisation === null ? null : (
          <div className="flex flex-col gap-1">
            <Progress
              label={`Hours of ${queue.queue.name} that arrivals take up`}
              value={Math.min(1, utilisation)}
              className={
                utilisation > 1
                  ? "[&::-moz-progress-bar]:bg-declined [&::-webkit-progress-value]:bg-declined"
                  : undefined
              }
            />
            <p
              className={cn(
                "text-xs text-muted-foreground tabular-nums",
                utilisation > 1 && "font-semibold text-declined-text",
              )}
            >
              Arrivals take up {Math.round(utilisation * 100)} % of people’s hours
            </p>
          </div>
        )}
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
          <Fact term="Arrive in an hour">
            {queue.arrivals_per_hour === null ? "–" : plainText(queue.arrivals_per_hour)}
          </Fact>
          <Fact
            term="A review takes"
            more={
              handling.p75_seconds === null
                ? undefined
                : `three in four at most ${spanText(handling.p75_seconds)}`
            }
          >
            {spanText(handling.median_seconds)}
          </Fact>
          <Fact
            term="Wait now"
            more={late ? `${plainText(late.count)} of ${plainText(late.of)} late at this pace` : undefined}
          >
            {plainText(queue.waiting)}
          </Fact>
          <Fact
            term="Hours a day"
            more={`${queue.people} ${queue.people === 1 ? "person" : "people"}${queue.handled_per_day === null ? "" : `, ${plainText(queue.handled_per_day)} reviews`}`}
          >
            {plainText(queue.hours_per_day)}
          </Fact>
        </dl>
        {marginal ? (
          <p className="rounded-control bg-surface-2 px-3 py-2 text-sm">
            <span className="text-muted-foreground">
              {marginal.is_last_waiting
                ? "A day reaches all that waits; the last one is "
                : `A day reaches ${plainText(marginal.place)}, in the order of ${orderWords[queue.order]}. The last of them is `}
            </span>
            <Link
              href={`/inbox/${marginal.review_id}`}
              className="font-semibold underline underline-offset-2"
            >
              <UntrustedInline text={marginal.summary} />
            </Link>
            <span className="text-muted-foreground">
              , due <Time at={marginal.due_at} />
            </span>
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Fact({ term, more, children }: { term: string; more?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="text-lg font-semibold tabular-nums">{children}</dd>
      {more ? <dd className="text-xs text-muted-foreground">{more}</dd> : null}
    </div>
  );
}
