import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { weightedProportionOf } from "@/lib/stats/weighted-proportion";
import type { WeightedSum } from "@/lib/stats/weighted-sum";
import { thresholdChange, type NearError } from "../attention";
import type { ThresholdAttention } from "../attention-view";
import { leastSample } from "../figure";
import type { Handling } from "./attention-handling";

/** Steps of the threshold that are told, the width of the band whose labels speak for both, and what is looked at. */
const steps = [-0.05, -0.01, 0.01, 0.05] as const;
const band = 0.05;
const looked = { days: 7, decisions: 20_000, labelDays: 90 };

type Row = {
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  threshold: number;
  days: number | null;
  total: number;
  up_01: number;
  up_05: number;
  down_01: number;
  down_05: number;
};
type Labels = { app_id: string; type_id: string; side: "above" | "below"; wrong: boolean } & WeightedSum;

/** What another threshold to act would cost or save, for every app and type that acts alone; `handling` by app/type. */
export async function thresholdAttention(
  ctx: Context,
  handling: Map<string, Handling>,
): Promise<ThresholdAttention[]> {
  const rows = await nearThresholds(ctx);
  if (rows.length === 0) return [];
  const labels = await labelsNear(ctx);
  return rows.map((row) =>
    attentionOf(row, labels, handling.get(`${row.app_id}/${row.type_id}`)?.mean ?? null),
  );
}

function attentionOf(row: Row, labels: readonly Labels[], seconds: number | null): ThresholdAttention {
  const days = Math.max(row.days ?? 0, 1 / 24);
  const own = labels.filter(({ app_id, type_id }) => app_id === row.app_id && type_id === row.type_id);
  const [above, below] = [errorOf(own, "above"), errorOf(own, "below")];
  const movedOf: Record<(typeof steps)[number], number> = {
    [-0.05]: row.down_05,
    [-0.01]: row.down_01,
    0.01: row.up_01,
    0.05: row.up_05,
  };
  return {
    app: { id: row.app_id, key: row.app_key, name: row.app_name },
    type: { id: row.type_id, key: row.type_key, name: row.type_name },
    threshold: row.threshold,
    handling_seconds: seconds,
    decisions_per_day: row.total / days,
    error_above: above,
    error_below: below,
    changes: steps
      .filter((by) => row.threshold + by >= 0 && row.threshold + by <= 1)
      .map((by) => {
        const change = thresholdChange(by, {
          movedPerDay: movedOf[by] / days,
          handlingSeconds: seconds ?? 0,
          error: by > 0 ? above : below,
        });
        return {
          by,
          reviews_per_day: change.reviewsPerDay,
          minutes_per_day: seconds === null ? null : change.minutesPerDay,
          wrong_per_week: change.wrongPerWeek,
        };
      }),
  };
}

// Above: what acted alone and would come to a person. Below: what came to a person for its confidence and nothing else.
function nearThresholds(ctx: Context): Promise<Row[]> {
  const up = (step: number) =>
    sql`count(*) filter (where d.route = 'execute' and d.confidence < au.threshold + ${step}::float8)::int`;
  const down = (step: number) => sql`count(*) filter (where d.route = 'review'
    and d.confidence >= au.threshold - ${step}::float8 and d.confidence < au.threshold
    and not exists (select 1 from jsonb_array_elements(d.reasons) x where x ->> 'kind' not in ('threshold', 'queue')))::int`;
  return rowsOf<Row>(
    ctx.db,
    sql`with recent as materialized (select app_id, type_id, route, confidence, reasons, predicted, created_at
        from decisions where org_id = ${ctx.orgId} and not measure
          and created_at > now() - make_interval(days => ${looked.days}) order by created_at desc limit ${looked.decisions}),
      reach as (select extract(epoch from now() - min(created_at))::float8 / 86400 as days from recent)
      select a.id as app_id, a.key as app_key, a.name as app_name, t.id as type_id, t.key as type_key, t.name as type_name,
        au.threshold, (select days from reach) as days, count(d.app_id)::int as total, ${up(0.01)} as up_01,
        ${up(0.05)} as up_05, ${down(0.01)} as down_01, ${down(0.05)} as down_05
      from autonomies au join apps a on a.id = au.app_id and a.archived_at is null
      join decision_types t on t.id = au.type_id and t.archived_at is null
      left join recent d on d.app_id = au.app_id and d.type_id = au.type_id and d.predicted = 'positive'
      where au.org_id = ${ctx.orgId} and au.level = 'auto' and au.threshold is not null
      group by a.id, t.id, au.threshold order by a.name, t.name limit 100`,
  );
}

function labelsNear(ctx: Context): Promise<Labels[]> {
  return rowsOf<Labels>(
    ctx.db,
    sql`select d.app_id, d.type_id, case when d.confidence >= au.threshold then 'above' else 'below' end as side,
        d.truth <> d.predicted as wrong, count(*)::int as count, sum(1 / d.truth_pi)::float8 as weight,
        sum(1 / (d.truth_pi * d.truth_pi))::float8 as "squaredWeight"
      from decisions d join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      where d.org_id = ${ctx.orgId} and d.truth is not null and d.predicted = 'positive'
        and d.created_at > now() - make_interval(days => ${looked.labelDays}) and au.level = 'auto'
        and d.confidence >= au.threshold - ${band}::float8 and d.confidence < au.threshold + ${band}::float8
      group by 1, 2, 3, 4`,
  );
}

function errorOf(labels: readonly Labels[], side: Labels["side"]): NearError | null {
  const sum = (wrong: boolean): WeightedSum =>
    labels.find((one) => one.side === side && one.wrong === wrong) ?? {
      count: 0,
      weight: 0,
      squaredWeight: 0,
    };
  const rate = weightedProportionOf(sum(true), sum(false), { minimumEss: leastSample });
  if (rate.kind === "insufficient") return null;
  const { value, lower, upper, n } = rate;
  return { value, lower, upper, n };
}
