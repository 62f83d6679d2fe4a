import { StatusBadge } from "@/components/ui/status-badge";
import type { DecisionStatus, Route } from "@/lib/decisions/schema";
import type { ExecutionStatus } from "@/lib/kernel/statuses";

type Props = { route: Route; status: DecisionStatus; execution?: ExecutionStatus | null };

/** Where the route and the status say one thing, one badge says it. */
const alike = new Set<`${Route}/${DecisionStatus}`>([
  "review/in_review",
  "decline/declined",
  "shadow/recorded",
]);

/** How a decision was routed, how it stands and what became of its action. */
export function Standing({ route, status, execution }: Props) {
  const once = alike.has(`${route}/${status}`);
  return (
    <>
      {once && route === "review" ? null : <StatusBadge kind="route" status={route} />}
      {once && route !== "review" ? null : <StatusBadge kind="decision" status={status} />}
      {execution ? <StatusBadge kind="execution" status={execution} /> : null}
    </>
  );
}
