import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { WeightedSum } from "@/lib/stats/weighted-sum";
import { plainShare, weightedShare } from "../figure";
import type { AutoErrors, Figure, MetricFilter } from "../schema";
import { population, ranAlone, rowsBehind, withNotRun } from "./population";

type AutoRoute = AutoErrors["route"];
type Sums = { route: AutoRoute; wrong: boolean } & WeightedSum;

const who: Record<AutoRoute, string> = {
  execute: "Decisions that acted alone",
  decline: "Decisions to leave things alone that stood alone",
};

/**
 * How often what ran alone was wrong, for acting and for leaving alone apart: by auditors, each judgement weighted by one
 * over the probability it was drawn with (Hájek), refused below an effective sample of 30; and by outcomes, plainly.
 */
export async function autoErrors(ctx: Context, filter: MetricFilter): Promise<AutoErrors[]> {
  authorize(ctx, "evaluations.read");
  const about = population(ctx, filter);
  const alone = await countAlone(ctx, about);
  const audited = await auditedSums(ctx, about);
  const outcomes = await outcomeSums(ctx, about);
  return (["execute", "decline"] as const).map((route) => ({
    route,
    alone: alone.get(route) ?? 0,
    audited: weightedShare(sumOf(audited, route, "wrong"), sumOf(audited, route, "right"), {
      population: `${who[route]} in this range, and were drawn for an audit and judged`,
      weighting: "each weighted by one over the probability it was drawn with; borderline counts as wrong",
      rows: rowsBehind(ctx, filter, { route }),
    }),
    outcomes: byOutcomes(ctx, filter, route, outcomes),
  }));
}

/** Share of what was to run alone that an auditor has judged, plain, beside the share that was planned. */
export function auditRate(
  ctx: Context,
  filter: MetricFilter,
  errors: readonly AutoErrors[],
  planned: { audits: number; decisions: number },
): Figure & { planned: number | null } {
  const judged = errors.reduce((sum, { audited }) => sum + audited.n, 0);
  const alone = errors.reduce((sum, one) => sum + one.alone, 0);
  const figure = plainShare(judged, alone, {
    population: "Decisions that ran alone in this range",
    weighting: "plain counts: audits judged so far",
    rows: rowsBehind(ctx, filter),
  });
  return { ...figure, planned: planned.decisions === 0 ? null : planned.audits / planned.decisions };
}

async function countAlone(ctx: Context, about: SQL): Promise<Map<AutoRoute, number>> {
  // Counted as all minus the few that did not run, so that the wide rows are not read.
  const rows = await rowsOf<{ route: AutoRoute; count: number }>(
    ctx.db,
    sql`${withNotRun(ctx)}
      select route, sum(count) as count from (
        select d.route, count(*) as count from decisions d
          where ${about} and d.route in ('execute', 'decline') group by d.route
        union all
        select d.route, -count(*) from not_run n join decisions d on d.id = n.id
          where ${about} and d.route = 'execute' group by d.route) counted
      group by route`,
  );
  return new Map(rows.map(({ route, count }) => [route, Number(count)]));
}

function auditedSums(ctx: Context, about: SQL): Promise<Sums[]> {
  return rowsOf<Sums>(
    ctx.db,
    sql`${withNotRun(ctx)}
      select d.route, l.truth <> d.predicted as wrong, count(*) as count, sum(1 / l.pi_label) as weight,
        sum(1 / (l.pi_label * l.pi_label)) as "squaredWeight"
      from labels l join decisions d on d.id = l.decision_id
      where l.org_id = ${ctx.orgId} and l.source = 'audit' and ${about} and d.route in ('execute', 'decline') and ${ranAlone}
      group by 1, 2`,
  );
}

function outcomeSums(ctx: Context, about: SQL): Promise<Sums[]> {
  return rowsOf<Sums>(
    ctx.db,
    sql`${withNotRun(ctx)}
      select d.route, d.truth <> d.predicted as wrong, count(*) as count, count(*) as weight, count(*) as "squaredWeight"
      from decisions d
      where ${about} and d.truth is not null and d.truth_source = 'outcome' and d.route in ('execute', 'decline') and ${ranAlone}
      group by 1, 2`,
  );
}

function byOutcomes(ctx: Context, filter: MetricFilter, route: AutoRoute, sums: readonly Sums[]): Figure {
  const wrong = sumOf(sums, route, "wrong").count;
  const right = sumOf(sums, route, "right").count;
  return plainShare(wrong, wrong + right, {
    population: `${who[route]} in this range, and whose outcome is known`,
    weighting: "plain counts: not a random sample, unless every outcome comes",
    rows: rowsBehind(ctx, filter, { route }),
  });
}

function sumOf(sums: readonly Sums[], route: AutoRoute, which: "wrong" | "right"): WeightedSum {
  const found = sums.find((sum) => sum.route === route && sum.wrong === (which === "wrong"));
  return found ?? { count: 0, weight: 0, squaredWeight: 0 };
}
