import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { SubjectDecision } from "@/lib/decisions/subjects";

/** One subject's decisions along a line, newest first, each with what became of it. */
export function SubjectTimeline({ decisions }: { decisions: SubjectDecision[] }) {
  if (decisions.length === 0)
    return <p className="text-sm text-muted-foreground">There is nothing older than this.</p>;
  return (
    <ol className="flex flex-col">
      {decisions.map((decision) => (
        <li
          key={decision.id}
          className="relative ms-1.5 border-s ps-5 pb-5 last:border-transparent last:pb-0"
        >
          <span
            aria-hidden
            className="absolute -start-[5px] top-1.5 size-2.5 rounded-full border-2 border-border-strong bg-surface"
          />
          <Entry decision={decision} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ decision }: { decision: SubjectDecision }) {
  const { app, type, amount, execution, review_id: review } = decision;
  const waits = decision.status === "in_review" && review !== null;
  return (
    <article className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="min-w-0 text-base font-semibold">
          <Link
            href={`/decisions/${decision.id}`}
            prefetch={false}
            className="underline decoration-border-strong underline-offset-4 hover:decoration-current"
          >
            <UntrustedInline text={decision.summary} />
          </Link>
        </h3>
        {amount ? <Money {...amount} className="text-base font-semibold" /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <StatusBadge kind="decision" status={decision.status} />
        {execution ? <StatusBadge kind="execution" status={execution.status} /> : null}
        {decision.route === "review" ? null : <StatusBadge kind="route" status={decision.route} />}
        {decision.undoes ? <Badge>Undoes another</Badge> : null}
      </div>
      <p className="text-sm text-muted-foreground">
        {app.name}, {type.name} · <Time at={decision.created_at} />
        {decision.truth ? (
          <>
            {" · "}
            {decision.truth === "positive" ? "acting was right" : "acting was not right"}
          </>
        ) : null}
        {waits ? (
          <>
            {" · "}
            <Link
              href={`/inbox/${review}`}
              prefetch={false}
              className="text-primary-text underline underline-offset-4"
            >
              Review it
            </Link>
          </>
        ) : null}
      </p>
    </article>
  );
}
