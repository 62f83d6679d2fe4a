import { StatTile } from "@/components/ui/stat-tile";
import { percentText } from "@/lib/audits/client";
import type { PlanView } from "@/lib/audits/plans";

/** A plan's figures: how far it is, and what it says so far. */
export function PlanTiles({ plan, expected }: { plan: PlanView; expected: number | null }) {
  const { progress, error, status } = plan;
  const all = progress.drawn + progress.audited_before;
  if (status === "draft") {
    return (
      <div className="grid gap-3 sm:grid-cols-2">
        <StatTile
          question="How many would it draw?"
          value={expected === null ? "–" : `About ${Math.round(expected).toLocaleString("en")}`}
          population="Decisions that ran until now and no draw has chosen, each at its stratum's chance"
        />
      </div>
    );
  }
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-4">
      <StatTile
        question="How often was it wrong?"
        value={error.value === null ? "Too few judged to say" : percentText(error.value)}
        {...(error.lower === null || error.upper === null
          ? {}
          : { interval: `95 % interval ${percentText(error.lower)} to ${percentText(error.upper)}` })}
        n={error.n}
        population={
          error.value === null
            ? `An effective sample of ${Math.floor(error.ess)}; ${error.needed ?? 30} are needed`
            : "All decisions the plan drew from, each audit weighted by one over the chance it was drawn with; borderline counts as wrong"
        }
      />
      <StatTile
        question="How many are judged?"
        value={`${progress.judged.toLocaleString("en")} of ${all.toLocaleString("en")}`}
        population="Audits in the plan's population: drawn by it, and those there before"
        href={`/audits?tab=done&plan=${plan.id}`}
      />
      <StatTile
        question="How many did it draw?"
        value={progress.drawn.toLocaleString("en")}
        population={`Of ${(progress.eligible ?? 0).toLocaleString("en")} eligible; ${progress.audited_before.toLocaleString("en")} were audited by an earlier draw`}
      />
      <StatTile
        question="How many are disputed?"
        value={progress.disputed.toLocaleString("en")}
        population="Auditors differed, and somebody else has the last word; of those that you may know of"
        href={`/audits?tab=waiting&plan=${plan.id}`}
      />
    </div>
  );
}
