import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { percent } from "@/lib/apps/words";
import type { BreakerState } from "@/lib/execution/breaker";

/** A connector's breaker: how its recent sends went, and from where on it stops the connector by itself. */
export function BreakerCard({ state }: { state: BreakerState | null }) {
  if (!state) return null;
  const { breaker, figures, isOpen } = state;
  const minutes = `${breaker.window_minutes} ${breaker.window_minutes === 1 ? "minute" : "minutes"}`;
  return (
    <Card aria-labelledby="breaker-title">
      <CardHeader
        id="breaker-title"
        title="Breaker"
        description={`Stops this connector by itself when too many of its sends in ${minutes} go wrong, once there were ${breaker.min_sends}.`}
        actions={<Badge tone={isOpen ? "declined" : "approved"}>{isOpen ? "Stopped" : "Watching"}</Badge>}
      />
      <CardBody>
        <DefinitionList
          items={[
            { term: "Sends counted", detail: figures.sends.toLocaleString("en") },
            { term: "Failed", detail: shareOf(figures.failed, figures.sends, breaker.max_failed) },
            { term: "No clear answer", detail: shareOf(figures.unknown, figures.sends, breaker.max_unknown) },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function shareOf(part: number, whole: number, limit: number): string {
  const share = whole === 0 ? "none" : `${part} (${percent(Number((part / whole).toFixed(3)))})`;
  return `${share}; the limit is ${percent(limit)}`;
}
