"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { similarTo } from "@/lib/reviews/case-client";
import { standingOf } from "@/lib/reviews/precedents";
import type { SimilarDecision, SimilarDecisions } from "@/lib/reviews/similar";
import { ChangesList } from "./changes-list";
import { Fold } from "./fold";
import { QuietLink } from "./impact";

type Props = { decisionId: string; view: "open" | "blind" };

/** How people ruled on the nearest past cases, what came of it, and in what they differ from this one. */
export function SimilarPanel({ decisionId, view }: Props) {
  const { data, isPending, refetch } = useQuery(similarTo(decisionId, view));
  return (
    <section aria-labelledby="why-similar" className="flex flex-col gap-2">
      <h2 id="why-similar" className="text-sm font-semibold">
        Similar past cases
      </h2>
      {data ? (
        <Found found={data} />
      ) : isPending ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          They could not be looked up.
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
    </section>
  );
}

function Found({ found }: { found: SimilarDecisions }) {
  if (found.data.length === 0)
    return <p className="text-sm text-muted-foreground">Nothing like this has been ruled on yet.</p>;
  return (
    <>
      <p className="text-sm text-muted-foreground">{summaryOf(found)}</p>
      <ol className="flex flex-col divide-y rounded-card border">
        {found.data.map((past) => (
          <Past key={past.decision_id} past={past} />
        ))}
      </ol>
    </>
  );
}

function summaryOf({ hidden, data }: SimilarDecisions): string {
  if (hidden) return "How they were ruled is shown once you have answered.";
  const standing = standingOf(data);
  if (standing?.kind === "both_ways")
    return `Ruled both ways: ${standing.acted} approved, ${standing.left} declined.`;
  if (standing?.kind === "one_way") {
    const [how, other] = standing.side === "acted" ? ["approved", "Declining"] : ["declined", "Approving"];
    return `The ${standing.count} nearest were all ${how}. ${other} goes against them.`;
  }
  return data.length === 1
    ? "One past ruling is alike."
    : `${data.length} past rulings are alike, the nearest first.`;
}

function Past({ past }: { past: SimilarDecision }) {
  return (
    <li className="flex min-w-0 flex-col gap-1 p-3">
      <div className="flex flex-wrap items-center gap-2">
        {past.verdict ? <StatusBadge kind="verdict" status={past.verdict} /> : null}
        {past.same_subject ? <Badge tone="accent">Same subject</Badge> : null}
        {past.execution ? <StatusBadge kind="execution" status={past.execution} /> : null}
      </div>
      <p className="text-sm">
        <QuietLink href={`/decisions/${past.decision_id}`}>
          <UntrustedInline text={past.summary} />
        </QuietLink>
      </p>
      <p className="text-xs text-muted-foreground">
        {past.reviewer_role ? `by a ${past.reviewer_role}, ` : null}
        <Time at={past.ruled_at} />
        {past.reason_code ? (
          <>
            {" · "}
            <UntrustedInline text={past.reason_code} />
          </>
        ) : null}
      </p>
      <Outcome past={past} />
      {past.differs.length === 0 ? (
        <p className="text-xs text-muted-foreground">The same arguments as here.</p>
      ) : (
        <Fold title={differenceOf(past)}>
          <ChangesList
            changes={past.differs.map(({ field, here, there }) => ({
              pointer: field,
              before: there,
              after: here,
            }))}
          />
        </Fold>
      )}
    </li>
  );
}

function differenceOf({ differs }: SimilarDecision): string {
  return `Differs in ${differs.map(({ field }) => field.replaceAll("_", " ")).join(", ")}`.slice(0, 90);
}

function Outcome({ past: { outcome } }: { past: SimilarDecision }) {
  if (outcome === null) return null;
  const isRight = outcome.truth === "positive";
  const Icon = isRight ? CircleCheck : CircleX;
  return (
    <p className="flex items-center gap-1 text-xs font-semibold">
      <Icon aria-hidden className={`size-3.5 ${isRight ? "text-approved-text" : "text-declined-text"}`} />
      {outcome.source === "audit" ? "An auditor: " : "It turned out: "}
      {isRight ? "acting was right" : "acting was not right"}
    </p>
  );
}
