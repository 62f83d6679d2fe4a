import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { neymanAllocation, proportionalAllocation } from "@/lib/stats/allocation";
import { marginOf, requiredSampleSize } from "@/lib/stats/sample-size";
import type { PlanPreview, PreviewPlan, Stratum } from "../plans";
import { populationSql } from "./plan-population";
import { segmentMembers } from "./segment-members";

type Counts = { eligible: number; audited: number; judged: number; wrong: number };
type Counted = Counts & { stratum: string };

// Fewer judged audits than this say little of how a stratum's answers vary.
const leastJudged = 10;

/** What a plan would find and draw, per stratum, and how many audits the wanted margin needs. Draws nothing. */
export async function previewPlan(ctx: Context, input: PreviewPlan): Promise<PlanPreview> {
  authorize(ctx, "audits.plan");
  const members = await segmentMembers(ctx, input.spec);
  const counted = await rowsOf<Counted>(
    ctx.db,
    sql`with pop as (${populationSql(ctx, { spec: input.spec, members })})
      select stratum, count(*) as eligible, count(*) filter (where audit_pi is not null or audit_pending) as audited,
        count(l.id) as judged, count(l.id) filter (where l.truth <> pop.predicted) as wrong
      from pop left join labels l on l.decision_id = pop.id and l.source = 'audit' group by stratum`,
  );
  const strata = input.spec.strata.map((stratum) => ({
    name: stratum.name,
    rate: stratum.rate,
    ...lineOf(countOf(counted, stratum), stratum.rate, input.share),
  }));
  const sum = (key: "eligible" | "audited_before" | "expected") =>
    strata.reduce((total, stratum) => total + stratum[key], 0);
  const total = {
    eligible: sum("eligible"),
    audited_before: sum("audited_before"),
    expected: sum("expected"),
  };
  return {
    object: "sampling_plan.preview",
    strata,
    total: { ...total, margin: marginFor(total, input.share) },
    required: input.margin === undefined ? null : requiredFor(input.margin, input.share, strata),
  };
}

type Line = { eligible: number; audited_before: number; expected: number };
type StratumLine = Line & { assumed_error: number };

function countOf(counted: readonly Counted[], { name }: Stratum): Counts {
  const rows = counted.filter(({ stratum }) => stratum === name);
  const sum = (key: keyof Counts) => rows.reduce((total, row) => total + Number(row[key]), 0);
  return { eligible: sum("eligible"), audited: sum("audited"), judged: sum("judged"), wrong: sum("wrong") };
}

function lineOf({ eligible, audited, judged, wrong }: Counts, rate: number, share: number) {
  const line = { eligible, audited_before: audited, expected: (eligible - audited) * rate };
  // Half a wrong and half a right one are added: nothing judged wrong so far does not mean that nothing is.
  const assumed = judged < leastJudged ? share : (wrong + 0.5) / (judged + 1);
  return { ...line, assumed_error: assumed, margin: marginFor(line, share) };
}

function marginFor({ eligible, audited_before, expected }: Line, share: number): number {
  if (eligible === 0) return 0.5;
  return marginOf(audited_before + expected, { share, population: eligible });
}

function requiredFor(
  margin: number,
  share: number,
  strata: readonly StratumLine[],
): NonNullable<PlanPreview["required"]> {
  const eligible = strata.reduce((sum, line) => sum + line.eligible, 0);
  const audited = strata.reduce((sum, line) => sum + line.audited_before, 0);
  if (eligible === 0) {
    const none = strata.map(() => 0);
    return { margin, n: 0, exact_n: 0, rate: null, rates: none, neyman_rates: none };
  }
  const n = requiredSampleSize(margin, { share, population: eligible });
  const exact = requiredSampleSize(margin, { share, population: eligible, method: "clopper_pearson" });
  const left = eligible - audited;
  const missing = Math.max(0, n - audited);
  const sizes = strata.map((line) => ({
    size: line.eligible,
    deviation: Math.sqrt(line.assumed_error * (1 - line.assumed_error)),
  }));
  return {
    margin,
    n,
    exact_n: exact,
    rate: missing === 0 || left === 0 ? null : missing / left,
    rates: ratesOf(proportionalAllocation(n, sizes), strata),
    neyman_rates: ratesOf(neymanAllocation(n, sizes), strata),
  };
}

/** The rate by stratum that brings what is audited there already to what is wanted. */
function ratesOf(wanted: readonly number[], strata: readonly Line[]): number[] {
  return strata.map(({ eligible, audited_before: before }, i) => {
    const free = eligible - before;
    return free === 0 ? 0 : Math.min(1, Math.max(0, (wanted[i] ?? 0) - before) / free);
  });
}
