import { sql } from "drizzle-orm";
import { counted } from "@/lib/kernel/counted";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody, TileQuery } from "../../board-schema";
import { metricsCatalogue, type MetricName } from "../../metrics-catalogue";
import { differenceOf } from "../get-metric";
import { rowsBehind } from "../population";
import { readMetric } from "../read-metric";
import { decisionsOf, windowOf, type Window } from "../window";

const compared = [
  "automation_rate",
  "auto_error_rate",
  "override_rate",
  "false_positive_rate",
  "false_negative_rate",
  "expected_calibration_error",
  "brier_score",
  "time_to_decision_p50",
  "volume",
] as const satisfies readonly MetricName[];

/** Two versions beside each other, each over its own decisions, with the difference of every share. */
export async function compareVersions(w: Window, query: TileQuery): Promise<TileBody> {
  const by = query.by ?? "prompt_version";
  const [a, b] = [query.a, query.b].every((one) => one !== undefined && one !== "")
    ? [query.a, query.b]
    : await newest(w, by);
  const weighting =
    "each figure as it is weighted on its own tile; the difference of shares by Newcombe's method";
  if (a === undefined || b === undefined) {
    return {
      sentence: "There are not two versions in this time. Choose a longer time, or two versions.",
      population: "Decisions of this time by version",
      weighting,
      picture: null,
      table: { columns: ["Figure"], rows: [] },
      rows: null,
    };
  }
  const [first, second] = [a, b].map((version) => windowOf(w.ctx, { ...w.filter, [by]: version }));
  if (!first || !second) throw new Error("two versions are compared");
  const rows = await Promise.all(
    compared.map(async (metric) => {
      const [one, other] = await Promise.all([readMetric(first, metric), readMetric(second, metric)]);
      const { question, unit } = metricsCatalogue[metric];
      return {
        question,
        unit,
        one: one.all,
        other: other.all,
        gap: unit === "share" ? differenceOf(one.all, other.all) : null,
      };
    }),
  );
  const real = rows.filter(({ gap }) => gap?.real);
  return {
    sentence: `${a} against ${b}: ${real.length === 0 ? "no difference is larger than chance explains" : `${counted(real.length, "difference is", "differences are")} larger than chance explains`}.`,
    population: `Decisions of this time by ${by === "model" ? "model" : "prompt version"}: each version answered its own`,
    weighting,
    picture: {
      kind: "bars",
      unit: "share",
      bars: rows.flatMap(({ question, gap, one, other }) =>
        gap
          ? [
              {
                label: question,
                value: gap.value,
                lower: gap.lower,
                upper: gap.upper,
                n: one.n + other.n,
                cumulative: null,
                href: null,
              },
            ]
          : [],
      ),
    },
    table: {
      columns: ["Figure", a, "n", b, "n of the other", "Difference", "From", "To", "Larger than chance"],
      rows: rows.map(({ question, one, other, gap }) => [
        question,
        one.value,
        one.n,
        other.value,
        other.n,
        gap?.value ?? null,
        gap?.lower ?? null,
        gap?.upper ?? null,
        gap === null ? "" : gap.real ? "yes" : "no",
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter),
  };
}

/** The two versions with the most decisions, the later one first. */
async function newest(w: Window, by: "prompt_version" | "model"): Promise<(string | undefined)[]> {
  const version = by === "model" ? sql`d.model->>'name'` : sql`d.prompt_version`;
  const rows = await rowsOf<{ version: string }>(
    w.ctx.db,
    sql`select version from (select ${version} as version, count(*) as n, max(d.created_at) as last from decisions d
        where ${decisionsOf(w)} and ${version} is not null group by 1 order by 2 desc limit 2) both_ order by last desc`,
  );
  return [rows[0]?.version, rows[1]?.version];
}
