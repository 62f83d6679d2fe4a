import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { StatTile } from "@/components/ui/stat-tile";
import { Time } from "@/components/ui/time";
import type { SubjectView } from "@/lib/decisions/subjects";

type Totals = SubjectView["totals"];

/** What was decided about one subject, counted: how much, how it ended, what moved. */
export function SubjectTotals({ totals }: { totals: Totals }) {
  const { decisions, apps, waiting, moved, taken_back: back } = totals;
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <StatTile
        question="How many decisions?"
        value={decisions.toLocaleString("en")}
        population={
          <>
            {apps === 1 ? "by one app" : `by ${apps} apps`}; first <Time at={totals.first_at} />, last{" "}
            <Time at={totals.last_at} />
          </>
        }
      />
      <StatTile
        question="What was carried out?"
        value={<Sums sums={moved} none="Nothing moved" />}
        population={
          back.length > 0 ? (
            <>
              of which <Sums sums={back} none="nothing" /> was taken back
            </>
          ) : (
            "Money that executions moved, by currency"
          )
        }
      />
      <StatTile
        question="What waits for a person?"
        value={waiting === 0 ? "Nothing" : waiting.toLocaleString("en")}
        population="Decisions that somebody has to rule on"
      />
      <section aria-label="How did they end?" className="flex flex-col gap-2 rounded-card border bg-card p-4">
        <h2 className="text-sm font-semibold text-muted-foreground">How did they end?</h2>
        <ul className="flex flex-wrap gap-x-3 gap-y-1.5">
          {totals.by_status.map(({ status, count }) => (
            <li key={status} className="flex items-center gap-1.5 text-sm">
              <StatusBadge kind="decision" status={status} />
              <span className="font-semibold tabular-nums">{count.toLocaleString("en")}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Sums({ sums, none }: { sums: Totals["moved"]; none: string }) {
  if (sums.length === 0) return none;
  return (
    <>
      {sums.map((sum, index) => (
        <span key={sum.currency}>
          {index > 0 ? " + " : null}
          <Money {...sum} />
        </span>
      ))}
    </>
  );
}
