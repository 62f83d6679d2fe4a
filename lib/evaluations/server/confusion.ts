import { sql, type SQL } from "drizzle-orm";
import type { LabelSource } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { confusionRates, type ConfusionMatrix } from "@/lib/stats/confusion";
import { combineSums, emptySum } from "@/lib/stats/weighted-sum";
import { figureOf, leastSample } from "../figure";
import type { ConfusionView } from "../confusion-views";
import type { Confusion, MetricFilter } from "../schema";
import { labelled, rowsBehind, spanOf, withNotRun } from "./population";

// Absent for what ran and for what has nothing to run.
const notRun = sql`left join not_run e on e.id = d.id`;

/** Per view: what counts as "yes", what is looked at, and what must be joined for it. */
const views: Record<ConfusionView, { yes: SQL; among: SQL; joined: SQL; population: string }> = {
  model: {
    yes: sql`d.predicted = 'positive'`,
    among: sql`true`,
    joined: sql``,
    population: "Decisions in this range whose truth is known; yes = the model proposed to act",
  },
  router: {
    yes: sql`(d.route = 'execute' or (d.predicted = 'positive' and coalesce(d.confidence >= d.threshold, false)))`,
    among: sql`true`,
    joined: sql``,
    population:
      "Decisions in this range whose truth is known; yes = proposed to act with a confidence that reaches the threshold in force, so that it would act alone",
  },
  final: {
    yes: sql`(d.status = 'approved' and e.id is null)`,
    among: sql`d.route <> 'shadow' and d.status not in ('in_review', 'awaiting_second')
      and (e.id is null or e.status in ('failed', 'cancelled'))`,
    joined: notRun,
    population:
      "Decisions in this range whose truth is known and that are settled; yes = the action was carried out. Shadow ones are left out",
  },
};

type Row = {
  type: string;
  name: string;
  wrongYes: number;
  wrongNo: number;
  currency: string;
  yes: boolean;
  actual: boolean;
  source: LabelSource;
  count: number;
  weight: number;
  squaredWeight: number;
};

const weighting =
  "the strongest label counts: an outcome over an auditor over a reviewer; each weighted by one over the probability that its label would be made";

/** The confusion matrix of one view, in all and by type, over decisions whose truth is known. */
export async function confusion(
  ctx: Context,
  filter: MetricFilter & { view: ConfusionView },
): Promise<Confusion> {
  authorize(ctx, "evaluations.read");
  const view = views[filter.view];
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`${withNotRun(ctx)}
      select t.key as type, t.name, t.cost_wrong_yes as "wrongYes", t.cost_wrong_no as "wrongNo", t.currency, c.*
      from (select d.type_id, ${view.yes} as yes, d.truth = 'positive' as actual, d.truth_source as source,
          count(*) as count, sum(1 / d.truth_pi) as weight, sum(1 / (d.truth_pi * d.truth_pi)) as "squaredWeight"
        from decisions d ${view.joined}
        where ${labelled(ctx, filter)} and ${view.among}
        group by 1, 2, 3, 4) c
      join decision_types t on t.id = c.type_id`,
  );
  const matrix = matrixOf(rows);
  const { ppv, npv, fpr, fnr } = confusionRates(matrix, { minimumEss: leastSample });
  const saying = (population: string) => ({ population, weighting, rows: rowsBehind(ctx, filter) });
  const from = (source: LabelSource) =>
    rows.reduce((sum, row) => sum + (row.source === source ? row.count : 0), 0);
  return {
    object: "metrics.confusion",
    ...spanOf(ctx, filter),
    view: filter.view,
    labels: { outcome: from("outcome"), audit: from("audit"), review: from("review") },
    population: view.population,
    weighting,
    cells: cellsOf(matrix),
    rates: {
      ppv: figureOf(ppv, saying("Of those that said yes, the share where acting was right (TP / (TP + FP))")),
      npv: figureOf(npv, saying("Of those that said no, the share where acting was wrong (TN / (TN + FN))")),
      fpr: figureOf(
        fpr,
        saying(
          "Of those where acting was wrong, the share that said yes (FP / (FP + TN)); needs labels on both sides",
        ),
      ),
      fnr: figureOf(
        fnr,
        saying(
          "Of those where acting was right, the share that said no (FN / (FN + TP)); needs labels on both sides",
        ),
      ),
    },
    by_type: [...Map.groupBy(rows, ({ type }) => type).values()].flatMap(byType),
  };
}

function matrixOf(rows: readonly Row[]): ConfusionMatrix {
  const cell = (yes: boolean, actual: boolean) =>
    combineSums(emptySum, ...rows.filter((row) => row.yes === yes && row.actual === actual));
  return { tp: cell(true, true), fp: cell(true, false), fn: cell(false, true), tn: cell(false, false) };
}

function cellsOf({ tp, fp, fn, tn }: ConfusionMatrix): Confusion["cells"] {
  const cell = ({ count, weight }: ConfusionMatrix["tp"]) => ({ count, weight });
  return { tp: cell(tp), fp: cell(fp), fn: cell(fn), tn: cell(tn) };
}

function byType(rows: readonly Row[]): Confusion["by_type"] {
  const [first] = rows;
  if (!first) return [];
  const { type, name, wrongYes, wrongNo, currency } = first;
  const cells = cellsOf(matrixOf(rows));
  const cost = cells.fp.count * wrongYes + cells.fn.count * wrongNo;
  return [{ type, name, cells, cost_wrong_yes: wrongYes, cost_wrong_no: wrongNo, currency, cost }];
}
