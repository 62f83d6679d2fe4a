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
const mostLooked = 12_000;

type Row = {
  typeId: string;
  place: number;
  value: string | null;
  predicted: string;
  truth: string | null;
  kinds: number;
} & WeightedSum;

/** Rates by each declared segment with differences to the rest; warnings for those that are real. */
export async function disparity(w: Window): Promise<TileBody> {
  const segments = await declaredSegments(w);
  const byType = [...Map.groupBy(segments, ({ typeId }) => typeId).values()];
  const share = Math.floor(mostLooked / Math.max(1, byType.length));
  const looked = await Promise.all(byType.map((own) => newestOf(w, own, share)));
  const found = (await valuesOf(w, looked)).map((one) => ({ ...one, rows: disparityOf(one.rows) }));
  const nameOf = ({ name, typeName }: DeclaredSegment) =>
    new Set(segments.map(({ typeId }) => typeId)).size > 1 ? `${typeName}: ${name}` : name;
  const warnings = found.flatMap(({ segment, rows }) => disparityWarnings(nameOf(segment), rows));
  const cut = looked.some(({ since }) => since !== null);
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

/** A type's segments, and since when its decisions are looked at; null: all of them are. */
type Looked = { typeId: string; segments: readonly DeclaredSegment[]; since: string | null };

/** When the oldest of a type's newest decisions came in: told by the index alone. */
async function newestOf(w: Window, segments: readonly DeclaredSegment[], most: number): Promise<Looked> {
  const typeId = segments[0]?.typeId ?? "";
  const [oldest] = await rowsOf<{ since: string }>(
    w.ctx.db,
    sql`select d.created_at::text as since from decisions d where ${decisionsOf(w)} and d.type_id = ${typeId}
      order by d.created_at desc offset ${most - 1} limit 1`,
  );
  return { typeId, segments, since: oldest?.since ?? null };
}

type Found = { segment: DeclaredSegment; rows: ValueSums[] };

/**
 * Of each segment the most frequent values and, where there are more, all others together. Each decision is read once for
 * all of them, and folded where the rows are. The types' spans stand in one condition: their decisions lie far apart, and so
 * the database gathers their places first and reads each page once, several at a time, instead of going from row to row.
 */
async function valuesOf(w: Window, types: readonly Looked[]): Promise<Found[]> {
  if (types.length === 0) return [];
  const said = types.map(
    ({ typeId, segments }) =>
      sql`when ${typeId} then array[${sql.join(segments.map(segmentValue), sql`, `)}]`,
  );
  const spans = types.map(({ typeId, since }) =>
    since === null
      ? sql`d.type_id = ${typeId}`
      : sql`(d.type_id = ${typeId} and d.created_at >= ${since}::timestamptz)`,
  );
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`with looked as materialized (select d.type_id, case d.type_id ${sql.join(said, sql` `)} end as said,
          d.predicted, d.truth, d.truth_pi as pi
        from decisions d where ${decisionsOf(w)} and (${sql.join(spans, sql` or `)})),
      valued as materialized (select l.type_id, s.place, s.value, l.predicted, l.truth, l.pi
        from looked l cross join lateral unnest(l.said) with ordinality s (value, place) where s.value is not null),
      ranked as (select type_id, place, value, row_number() over of_place as rank,
          count(*) over (partition by type_id, place) as kinds
        from valued group by type_id, place, value
        window of_place as (partition by type_id, place order by count(*) desc, value)),
      shown as (select * from ranked where kinds <= ${mostValues} or rank < ${mostValues})
      select l.type_id as "typeId", l.place::int - 1 as place, left(s.value, 80) as value, l.predicted, l.truth,
        count(*)::int as count, coalesce(sum(1 / l.pi), 0)::float8 as weight,
        coalesce(sum(1 / (l.pi * l.pi)), 0)::float8 as "squaredWeight",
        (select max(r.kinds)::int from ranked r where r.type_id = l.type_id and r.place = l.place) as kinds
      from valued l left join shown s on s.type_id = l.type_id and s.place = l.place and s.value = l.value
      group by l.type_id, l.place, s.value, l.predicted, l.truth`,
  );
  return types.flatMap(({ typeId, segments }) =>
    segments.map((segment, place) => ({
      segment,
      rows: foldedOf(rows.filter((row) => row.typeId === typeId && row.place === place)),
    })),
  );
}

function foldedOf(rows: readonly Row[]): ValueSums[] {
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
