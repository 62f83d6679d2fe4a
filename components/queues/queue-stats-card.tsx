import { minutesText } from "@/components/queues/queue-words";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Money } from "@/components/ui/money";
import { Time } from "@/components/ui/time";
import type { QueueStats } from "@/lib/reviews/queues";

const count = (value: number) => <span className="tabular-nums">{value.toLocaleString("en")}</span>;

/** How a queue fares now, and what the last day brought. */
export function QueueStatsCard({ stats }: { stats: QueueStats }) {
  const { high, medium, low, unknown } = stats.by_severity;
  const severities = [
    `${high.toLocaleString("en")} high`,
    `${medium.toLocaleString("en")} medium`,
    `${low.toLocaleString("en")} low`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  const { median_wait_seconds: wait, expected_loss: loss } = stats;
  return (
    <Card aria-labelledby="queue-now">
      <CardHeader id="queue-now" title="Now" />
      <CardBody>
        <DefinitionList
          items={[
            { term: "Waiting", detail: count(stats.open) },
            { term: "By severity", detail: <span className="tabular-nums">{severities.join(" · ")}</span> },
            { term: "Held", detail: count(stats.held) },
            { term: "Half of their time gone", detail: count(stats.warned) },
            { term: "Overdue", detail: count(stats.overdue) },
            { term: "Next due", detail: stats.next_due_at ? <Time at={stats.next_due_at} /> : "–" },
            { term: "Oldest", detail: stats.oldest_at ? <Time at={stats.oldest_at} /> : "–" },
            ...(loss ? [{ term: "Expected loss", detail: <Loss sums={loss} /> }] : []),
            { term: "In 24 hours", detail: <Day stats={stats} /> },
            {
              term: "Median wait",
              detail: wait === null ? "–" : minutesText(Math.max(1, Math.round(wait / 60))),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Loss({ sums }: { sums: NonNullable<QueueStats["expected_loss"]> }) {
  return (
    <span className="flex flex-col gap-1">
      <span>
        {sums.map((sum, index) => (
          <span key={sum.currency}>
            {index > 0 ? " + " : null}
            <Money {...sum} />
          </span>
        ))}
      </span>
      {sums.length > 1 ? (
        <span className="text-xs text-review-text">
          Several currencies wait here. This queue’s order compares them without an exchange rate.
        </span>
      ) : null}
    </span>
  );
}

function Day({ stats: { opened_24h, resolved_24h, expired_24h } }: { stats: QueueStats }) {
  const parts = [
    `${opened_24h.toLocaleString("en")} came`,
    `${resolved_24h.toLocaleString("en")} ruled on`,
    ...(expired_24h > 0 ? [`${expired_24h} ran out`] : []),
  ];
  return <span className="tabular-nums">{parts.join(" · ")}</span>;
}
