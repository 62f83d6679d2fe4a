import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import type { TileBody } from "../../board-schema";
import { causes, type Cause } from "@/lib/kernel/statuses";
import { rowsBehind } from "../population";
import { shareNumbers, type Numbers } from "../reading";
import { bucketAt, bucketText, labelledOf, notNarrowedBy, othersOf, type Window } from "../window";
import { declaredSegments, segmentValue } from "./segments";

const strongest =
  "the strongest label counts: an outcome over an auditor over a reviewer; each weighted by one over the probability that its label would be made";
const known = "Decisions of this time whose truth is known";

type CostRow = { at: string; currency: string; yes: number; no: number; n: number };

/** What false positives and false negatives cost over time, of the currency that most types use. */
export async function errorCost(w: Window): Promise<TileBody> {
  const rows = await rowsOf<CostRow>(
    w.ctx.db,
    sql`select ${bucketText}, currency, sum(yes)::float8 as yes, sum(no)::float8 as no, sum(n)::int as n from (
      select c.at, t.currency, c.yes * t.cost_wrong_yes as yes, c.no * t.cost_wrong_no as no, c.n
      from (select ${bucketAt(w, sql`d.created_at`)} as at, d.type_id, count(*) as n,
          coalesce(sum(1 / d.truth_pi) filter (where d.predicted = 'positive' and d.truth = 'negative'), 0) as yes,
          coalesce(sum(1 / d.truth_pi) filter (where d.predicted = 'negative' and d.truth = 'positive'), 0) as no
        from decisions d where ${labelledOf(w)} group by 1, 2) c
      join decision_types t on t.id = c.type_id) costs group by at, currency order by at`,
  );
  const by = [...Map.groupBy(rows, ({ currency }) => currency)].toSorted(
    ([, a], [, b]) => total(b, ({ n }) => n) - total(a, ({ n }) => n),
  );
  const [currency, minor] = by[0] ?? ["", []];
  const unit = 10 ** digitsOf(currency);
  const own = minor.map((row) => ({ ...row, yes: row.yes / unit, no: row.no / unit }));
  const at = new Map(own.map((row) => [row.at, row]));
  const [yes, no] = [total(own, (row) => row.yes), total(own, (row) => row.no)];
  const money = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 });
  const others = by.slice(1).map(([name]) => name);
  return {
    sentence:
      own.length === 0
        ? "Nobody knows yet which decisions of this time were wrong: an outcome, an audit or a review says so."
        : `Wrong yes ${money(yes)} ${currency}, wrong no ${money(no)} ${currency}, estimated from ${total(own, ({ n }) => n).toLocaleString("en")} labels${others.length > 0 ? `; types in ${others.join(", ")} are left out` : ""}.`,
    population: known,
    weighting: `${strongest}; Horvitz–Thompson totals`,
    picture: {
      kind: "stack",
      series: [
        { key: "yes", label: "Wrong yes" },
        { key: "no", label: "Wrong no" },
      ],
      points: w.buckets.map((bucket) => ({
        ...bucket,
        values: { yes: at.get(bucket.at)?.yes ?? 0, no: at.get(bucket.at)?.no ?? 0 },
      })),
    },
    table: {
      columns: ["From (UTC)", `Wrong yes (${currency})`, `Wrong no (${currency})`, "Labels"],
      rows: own.map((row) => [row.at, row.yes, row.no, row.n]),
    },
    rows: rowsBehind(w.ctx, w.filter, { truth: "known" }),
  };
}

/** How many digits a currency has behind the point. */
function digitsOf(currency: string): number {
  if (currency === "") return 0;
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

const causeWords: Record<Cause, string> = {
  input: "The input was wrong or missing",
  context: "The context was wrong or missing",
  inference: "The model drew the wrong conclusion",
  policy: "A policy was wrong",
  reviewer: "A reviewer was wrong",
};

/** Confirmed causes, most frequent first, with the share up to each. */
export async function errorCauses(w: Window): Promise<TileBody> {
  const rows = await rowsOf<{ status: string; cause: Cause | null; count: number }>(
    w.ctx.db,
    sql`select x.status, x.cause, count(*)::int as count from discrepancies x
      where ${othersOf(w, { org: sql`x.org_id`, app: sql`x.app_id`, type: sql`x.type_id`, moment: sql`x.opened_at` })}
      group by 1, 2`,
  );
  const confirmed = causes
    .map((cause) => ({
      cause,
      count: total(rows, (row) => (row.status === "confirmed" && row.cause === cause ? row.count : 0)),
    }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const all = total(confirmed, ({ count }) => count);
  const open = total(rows, ({ status, count }) => (status === "open" || status === "proposed" ? count : 0));
  let up = 0;
  const bars = confirmed.map(({ cause, count }) => {
    up += count;
    const { lower, upper } = shareNumbers(plain(count), plain(all - count), 0);
    return {
      label: causeWords[cause],
      value: count / all,
      lower,
      upper,
      n: count,
      cumulative: up / all,
      href: `/discrepancies?cause=${cause}`,
    };
  });
  return {
    sentence: `${all} discrepancies with a confirmed cause; ${open} still wait for one.`,
    population: "Discrepancies opened in this time whose cause a person confirmed",
    weighting: "plain counts: what people looked at, no random sample",
    picture: { kind: "bars", unit: "share", bars },
    table: {
      columns: ["Cause", "Confirmed", "Share", "Up to here"],
      rows: bars.map(({ label, n, value, cumulative }) => [label, n, value, cumulative]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}

/** `rows`: what of the decisions list's query tells the group; null where its reason names no rule. */
type GroupRow = {
  of: string;
  label: string;
  rows: Record<string, string | null>;
  wrong: boolean;
} & WeightedSum;

/** Labelled decisions whose reasons and input are read: those of a million would take too long. */
const mostLooked = 50_000;

/** Share wrong by type, policy rule and segment value, those first whose interval says the most. */
export async function worstGroups(w: Window): Promise<TileBody> {
  const segments = await declaredSegments(w);
  const sums = sql`truth <> predicted as wrong, count(*)::int as count, sum(1 / truth_pi) as weight, sum(1 / (truth_pi * truth_pi)) as "squaredWeight"`;
  const arms = [
    sql`select 'Decision type' as of, t.name as label, jsonb_build_object('type', t.key) as rows, g.wrong, g.count, g.weight, g."squaredWeight" from (
      select type_id, ${sums} from newest group by 1, 2) g join decision_types t on t.id = g.type_id`,
    // What a policy said stands in the reasons of the decision it routed.
    sql`select 'Policy', left(r->>'message', 80),
        jsonb_build_object('rule', (r->'detail'->>'version_id') || '/' || (r->'detail'->>'rule')), ${sums}
      from newest, jsonb_array_elements(reasons) r where r->>'kind' = 'policy' group by 1, 2, 3, 4`,
    ...segments.map(
      (segment) => sql`select ${segment.name}, left(${segmentValue(segment)}, 80),
          jsonb_build_object('type', ${segment.typeKey}::text, 'segment', ${segment.key}::text || ':' || left(${segmentValue(segment)}, 80)), ${sums}
        from newest d where type_id = ${segment.typeId} and ${segmentValue(segment)} is not null group by 1, 2, 3, 4`,
    ),
  ];
  const rows = await rowsOf<GroupRow>(
    w.ctx.db,
    sql`with newest as materialized (select d.type_id, d.predicted, d.truth, d.truth_pi, d.reasons, d.input from decisions d
        where ${labelledOf(w)} order by d.created_at desc limit ${mostLooked})
      ${sql.join(arms, sql` union all `)}`,
  );
  const groups = [
    ...Map.groupBy(rows, (row) => JSON.stringify([row.of, row.label, row.rows])).values(),
  ].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const sum = (wrong: boolean) => combineSums(emptySum, ...some.filter((row) => row.wrong === wrong));
    return [
      { of: first.of, label: first.label, rows: first.rows, numbers: shareNumbers(sum(true), sum(false)) },
    ];
  });
  const sorted = groups.toSorted((a, b) => (b.numbers.lower ?? -1) - (a.numbers.lower ?? -1));
  const shown = sorted.filter(({ numbers }) => numbers.value !== null).slice(0, 10);
  return {
    sentence: shown[0]
      ? `Worst: ${shown[0].of} ${shown[0].label}.`
      : "No group has an effective sample of 30 labels yet.",
    population: `${known} (the newest ${mostLooked.toLocaleString("en")} at most), by policy, decision type and declared segment`,
    weighting: strongest,
    picture: {
      kind: "bars",
      unit: "share",
      bars: shown.map(({ of, label, rows: own, numbers: { value, lower, upper, n } }) => ({
        label: `${of}: ${label}`,
        value,
        lower,
        upper,
        n,
        cumulative: null,
        href: listHref(rowsBehind(w.ctx, w.filter, { truth: "known", ...told(own) })),
      })),
    },
    table: {
      columns: ["By", "Group", "Share wrong", "Lower", "Upper", "n"],
      rows: sorted.map(({ of, label, numbers: { value, lower, upper, n } }) => [
        of,
        label,
        value,
        lower,
        upper,
        n,
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter, { truth: "known" }),
  };
}

/** Of a policy's reason that names no rule there is nothing to list by. */
const told = (rows: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(rows).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

const listHref = (query: Record<string, string>) => `/decisions?${new URLSearchParams(query).toString()}`;

type Cell = { predicted: string; truth: string } & WeightedSum;

/** The model's share wrong beside that of always acting, of never, and of the better of the two. */
export async function baselines(w: Window): Promise<TileBody> {
  const rows = await rowsOf<Cell>(
    w.ctx.db,
    sql`select d.predicted, d.truth, count(*)::int as count, sum(1 / d.truth_pi) as weight, sum(1 / (d.truth_pi * d.truth_pi)) as "squaredWeight"
      from decisions d where ${labelledOf(w)} group by 1, 2`,
  );
  const share = (wrong: (cell: Cell) => boolean): Numbers =>
    shareNumbers(
      combineSums(emptySum, ...rows.filter(wrong)),
      combineSums(emptySum, ...rows.filter((cell) => !wrong(cell))),
    );
  const always = share(({ truth }) => truth === "negative");
  const never = share(({ truth }) => truth === "positive");
  const model = share(({ predicted, truth }) => predicted !== truth);
  const majority = (always.value ?? 1) <= (never.value ?? 1) ? always : never;
  const lines: [string, Numbers][] = [
    ["The model", model],
    ["Always act", always],
    ["Never act", never],
    ["Always the more common answer", majority],
  ];
  const gap = (majority.value ?? 0) - (model.value ?? 0);
  return {
    sentence:
      model.value === null || majority.value === null
        ? "Not enough labelled decisions yet. Reviewing everything is wrong only where reviewers are, and costs their time."
        : `The model is ${(Math.abs(gap) * 100).toFixed(1)} points ${gap >= 0 ? "less" : "more"} often wrong than always giving the more common answer. Reviewing everything is wrong only where reviewers are, and costs their time.`,
    population: known,
    weighting: strongest,
    picture: {
      kind: "bars",
      unit: "share",
      bars: lines.map(([label, { value, lower, upper, n }]) => ({
        label,
        value,
        lower,
        upper,
        n,
        cumulative: null,
        href: null,
      })),
    },
    table: {
      columns: ["Answer", "Share wrong", "Lower", "Upper", "n"],
      rows: lines.map(([label, { value, lower, upper, n }]) => [label, value, lower, upper, n]),
    },
    rows: rowsBehind(w.ctx, w.filter, { truth: "known" }),
  };
}

const plain = (count: number): WeightedSum => ({ count, weight: count, squaredWeight: count });

function total<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}
