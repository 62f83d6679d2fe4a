import { sql } from "drizzle-orm";
import { counted } from "@/lib/kernel/counted";
import { rowsOf } from "@/lib/server/rows";
import { emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import type { WeightedProportion } from "@/lib/stats/weighted-proportion";
import type { TileBody } from "../../board-schema";
import {
  disparityOf,
  disparityRates,
  disparityWarnings,
  type DisparityRow,
  type ValueSums,
} from "../../disparity";
import { rowsBehind } from "../population";
import { decisionsOf, type Window } from "../window";
import { declaredSegments, segmentValue, type DeclaredSegment } from "./segments";

/** A segment shows so many values; the rest are one, called Other, and none is left out. */
const mostValues = 8;
/**
 * The newest decisions that are looked at, shared by the types that name segments: reading the input of every one of a
 * million takes too long, and those of a rare type lie far apart.
 */
const mostLooked = 20_000;

type Row = { value: string | null; predicted: string; truth: string | null } & WeightedSum;

/** Rates by each declared segment with differences to the rest; warnings for those that are real. */
export async function disparity(w: Window): Promise<TileBody> {
  const segments = await declaredSegments(w);
  const byType = [...Map.groupBy(segments, ({ typeId }) => typeId).values()];
  const share = Math.floor(mostLooked / Math.max(1, byType.length));
  const read = await Promise.all(byType.map((own) => valuesOf(w, own, share)));
  const found = read.flatMap((of) => of.map((one) => ({ ...one, rows: disparityOf(one.rows) })));
  const nameOf = ({ name, typeName }: DeclaredSegment) =>
    new Set(segments.map(({ typeId }) => typeId)).size > 1 ? `${typeName}: ${name}` : name;
  const warnings = found.flatMap(({ segment, rows }) => disparityWarnings(nameOf(segment), rows));
  const cut = found.some(({ looked }) => looked >= share);
  return {
    sentence:
      segments.length === 0
        ? "No segment is declared. A decision type names those it is to be compared by on its own page."
        : warnings.length === 0
          ? "No difference between groups is larger than chance explains."
          : `${counted(warnings.length, "difference between groups is", "differences between groups are")} larger than chance explains.`,
    warnings,
    population: `Decisions of this time by the value their input has${cut ? `; of each type the newest ${share.toLocaleString("en")}` : ""}. FPR and FNR: those whose truth is known`,
    weighting:
      "false positives and negatives are each weighted by one over the probability of their label; the share proposed is plain. None below an effective sample of 30",
    picture: {
      kind: "bars",
      unit: "share",
      bars: found.flatMap(({ segment, rows }) =>
        rows.flatMap(({ value, rates, labelled }) => {
          const { rate } = rates.fpr;
          return {
            label: `${nameOf(segment)}: ${value}, FPR`,
            ...ends(rate),
            n: labelled,
            cumulative: null,
            href: hrefOf(w, segment, value),
          };
        }),
      ),
    },
    table: {
      columns: [
        "Segment",
        "Value",
        "n",
        "Labelled",
        ...disparityRates.flatMap((rate) => headings[rate]),
        "Ratio (four-fifths: 0.8)",
      ],
      rows: found.flatMap(({ segment, rows }) => rows.map((row) => [nameOf(segment), ...cellsOf(row)])),
    },
    rows: rowsBehind(w.ctx, w.filter),
  };
}

const headings: Record<(typeof disparityRates)[number], string[]> = {
  fpr: ["FPR", "FPR less the rest", "FPR difference from", "FPR difference to"],
  fnr: ["FNR", "FNR less the rest", "FNR difference from", "FNR difference to"],
  selection: ["Proposed", "Proposed less the rest", "Proposed difference from", "Proposed difference to"],
};

function cellsOf({ value, n, labelled, rates, ratio }: DisparityRow) {
  const numbers = disparityRates.flatMap((name) => {
    const { rate, difference } = rates[name];
    return [
      ends(rate).value,
      difference?.value ?? null,
      difference?.lower ?? null,
      difference?.upper ?? null,
    ];
  });
  return [value, n, labelled, ...numbers, ratio];
}

function ends(rate: WeightedProportion) {
  return rate.kind === "estimate"
    ? { value: rate.value, lower: rate.lower, upper: rate.upper }
    : { value: null, lower: null, upper: null };
}

function hrefOf({ filter }: Window, { typeKey, key }: DeclaredSegment, value: string): string | null {
  if (value.startsWith(`${otherWord} (`)) return null;
  const query = new URLSearchParams({ tab: "errors", type: typeKey, segment: `${key}:${value}` });
  if (filter.app !== undefined) query.set("app", filter.app);
  return `/evaluation?${query.toString()}`;
}

const otherWord = "Other";

type Found = { segment: DeclaredSegment; rows: ValueSums[]; looked: number };

/**
 * Of each segment of one type the most frequent values and, where there are more, all others together. Each decision is
 * read once for all of them, and folded where the rows are.
 */
async function valuesOf(w: Window, segments: readonly DeclaredSegment[], most: number): Promise<Found[]> {
  const [first] = segments;
  if (!first) return [];
  const values = sql.join(segments.map(segmentValue), sql`, `);
  const rows = await rowsOf<Row & { place: number; kinds: number; looked: number }>(
    w.ctx.db,
    sql`with looked as materialized (select array[${values}] as said, d.predicted, d.truth, d.truth_pi as pi
        from decisions d where ${decisionsOf(w)} and d.type_id = ${first.typeId} order by d.created_at desc limit ${most}),
      valued as materialized (select s.place, s.value, l.predicted, l.truth, l.pi
        from looked l cross join lateral unnest(l.said) with ordinality s (value, place) where s.value is not null),
      ranked as (select place, value, row_number() over of_place as rank, count(*) over (partition by place) as kinds
        from valued group by place, value window of_place as (partition by place order by count(*) desc, value)),
      shown as (select * from ranked where kinds <= ${mostValues} or rank < ${mostValues})
      select l.place::int - 1 as place, left(s.value, 80) as value, l.predicted, l.truth, count(*)::int as count,
        coalesce(sum(1 / l.pi), 0)::float8 as weight, coalesce(sum(1 / (l.pi * l.pi)), 0)::float8 as "squaredWeight",
        (select max(r.kinds)::int from ranked r where r.place = l.place) as kinds, (select count(*)::int from looked) as looked
      from valued l left join shown s on s.place = l.place and s.value = l.value group by l.place, s.value, l.predicted, l.truth`,
  );
  return segments.map((segment, place) => {
    const own = rows.filter((row) => row.place === place);
    return { segment, rows: foldedOf(own), looked: own[0]?.looked ?? 0 };
  });
}

function foldedOf(rows: readonly (Row & { kinds: number })[]): ValueSums[] {
  const others = (rows[0]?.kinds ?? 0) - mostValues + 1;
  const by = Map.groupBy(rows, ({ value }) => value);
  const shown = [...by].flatMap(([value, own]) => (value === null ? [] : [sumsOf(value, own)]));
  const folded = by.get(null);
  const sorted = shown.toSorted((a, b) => b.all - a.all);
  return folded ? [...sorted, sumsOf(`${otherWord} (${others})`, folded)] : sorted;
}

function sumsOf(value: string, rows: readonly Row[]): ValueSums {
  const cell = (predicted: string, truth: string): WeightedSum =>
    rows
      .filter((row) => row.predicted === predicted && row.truth === truth)
      .reduce(
        (sum, { count, weight, squaredWeight }) => ({
          count: sum.count + count,
          weight: sum.weight + weight,
          squaredWeight: sum.squaredWeight + squaredWeight,
        }),
        emptySum,
      );
  const count = (some: readonly Row[]) => some.reduce((sum, row) => sum + row.count, 0);
  return {
    value,
    tp: cell("positive", "positive"),
    fp: cell("positive", "negative"),
    fn: cell("negative", "positive"),
    tn: cell("negative", "negative"),
    proposed: count(rows.filter(({ predicted }) => predicted === "positive")),
    all: count(rows),
  };
}
