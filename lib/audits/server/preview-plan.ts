import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { proportionalAllocation } from "@/lib/stats/allocation";
import { marginOf, requiredSampleSize } from "@/lib/stats/sample-size";
import type { PlanPreview, PreviewPlan, Stratum } from "../plans";
import { populationSql } from "./plan-population";
import { segmentMembers } from "./segment-members";

type Counted = { stratum: string; eligible: number; audited: number };

/** What a plan would find and draw, per stratum, and how many audits the wanted margin needs. Draws nothing. */
export async function previewPlan(ctx: Context, input: PreviewPlan): Promise<PlanPreview> {
  authorize(ctx, "audits.plan");
  const members = await segmentMembers(ctx, input.spec);
  const counted = await rowsOf<Counted>(
    ctx.db,
    sql`with pop as (${populationSql(ctx, { spec: input.spec, members })})
      select stratum, count(*) as eligible, count(*) filter (where audit_pi is not null or audit_pending) as audited
      from pop group by stratum`,
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

function countOf(counted: readonly Counted[], { name }: Stratum): { eligible: number; audited: number } {
  const rows = counted.filter(({ stratum }) => stratum === name);
  return {
    eligible: rows.reduce((sum, { eligible }) => sum + Number(eligible), 0),
    audited: rows.reduce((sum, { audited }) => sum + Number(audited), 0),
  };
}

function lineOf({ eligible, audited }: { eligible: number; audited: number }, rate: number, share: number) {
  const line = { eligible, audited_before: audited, expected: (eligible - audited) * rate };
  return { ...line, margin: marginFor(line, share) };
}

function marginFor({ eligible, audited_before, expected }: Line, share: number): number {
  if (eligible === 0) return 0.5;
  return marginOf(audited_before + expected, { share, population: eligible });
}

function requiredFor(
  margin: number,
  share: number,
  strata: readonly Line[],
): NonNullable<PlanPreview["required"]> {
  const eligible = strata.reduce((sum, line) => sum + line.eligible, 0);
  const audited = strata.reduce((sum, line) => sum + line.audited_before, 0);
  if (eligible === 0) return { margin, n: 0, exact_n: 0, rate: null, rates: strata.map(() => 0) };
  const n = requiredSampleSize(margin, { share, population: eligible });
  const exact = requiredSampleSize(margin, { share, population: eligible, method: "clopper_pearson" });
  const left = eligible - audited;
  const missing = Math.max(0, n - audited);
  const rates = proportionalAllocation(
    n,
    strata.map((line) => ({ size: line.eligible })),
  ).map((wanted, i) => {
    const line = strata[i] ?? { eligible: 0, audited_before: 0 };
    const free = line.eligible - line.audited_before;
    return free === 0 ? 0 : Math.min(1, Math.max(0, wanted - line.audited_before) / free);
  });
  return { margin, n, exact_n: exact, rate: missing === 0 || left === 0 ? null : missing / left, rates };
}
