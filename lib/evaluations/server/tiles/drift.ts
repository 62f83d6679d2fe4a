import { sql } from "drizzle-orm";
import { predictions, type Prediction, type Route } from "@/lib/decisions/schema";
import { counted } from "@/lib/kernel/counted";
import { referenceWords, type ReferenceSource } from "@/lib/kernel/drift-references";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody } from "../../board-schema";
import { intakeSums, type IntakeSum } from "../intake-sums";
import { rowsBehind } from "../population";
import { notNarrowedBy, othersOf, type Window } from "../window";

/** A heat map shows the newest so many days. */
const mostDays = 14;
const mostFeatures = 20;

type HeatRow = { day: string; app: string; type: string; feature: string; value: number };

/** The index or distance of each feature by day, from the nightly comparisons. */
async function heat(
  w: Window,
  method: "psi" | "js",
  guides: number[],
  said: (worst: HeatRow) => string,
): Promise<TileBody> {
  const rows = await rowsOf<HeatRow>(
    w.ctx.db,
    sql`select c.day, a.name as app, t.name as type, c.feature, c.value from drift_checks c
      join apps a on a.id = c.app_id join decision_types t on t.id = c.type_id
      where c.method = ${method} and ${checksOf(w)} order by c.day desc, c.value desc limit 5000`,
  );
  const days = [...new Set(rows.map(({ day }) => day))].toSorted().slice(-mostDays);
  const kinds = new Set(rows.map(({ app, type }) => `${app} ${type}`)).size;
  const label = ({ app, type, feature }: HeatRow) => (kinds > 1 ? `${app} · ${type} · ${feature}` : feature);
  const by = [...Map.groupBy(rows, label)].map(([name, own]) => ({
    label: name,
    values: days.map((day) => own.find((row) => row.day === day)?.value ?? null),
  }));
  const most = (values: readonly (number | null)[]) => Math.max(...values.map((value) => value ?? 0));
  const shown = by.toSorted((a, b) => most(b.values) - most(a.values)).slice(0, mostFeatures);
  const newest = rows.filter(({ day }) => day === days.at(-1))[0];
  return {
    sentence: newest
      ? said(newest)
      : "Nothing has been compared in this time yet; it is done once a day when there is enough.",
    population: "Decisions of each day's window against the type's reference window",
    weighting: "plain counts: inputs are compared, labelled or not",
    picture: { kind: "heat", columns: days, guides, rows: shown },
    table: {
      columns: ["Feature", ...days],
      rows: by.map(({ label: name, values }) => [name, ...values]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: rowsBehind(w.ctx, w.filter),
  };
}

export const driftPsi = (w: Window) =>
  heat(
    w,
    "psi",
    [0.1, 0.25],
    ({ feature, value, day }) => `On ${day} the most moved was ${feature}: PSI ${value.toFixed(3)}.`,
  );

export const driftJs = (w: Window) =>
  heat(
    w,
    "js",
    [],
    ({ feature, value, day }) => `On ${day} the furthest was ${feature}: distance ${value.toFixed(3)}.`,
  );

type StateRow = {
  day: string;
  app: string;
  type: string;
  feature: string;
  method: string;
  state: string;
  value: number;
  p: number | null;
  q: number | null;
  n: number;
  reference: number;
  fresh: string[] | null;
  against: { from: string; to: string; source: ReferenceSource } | null;
};

/** The newest comparison of each feature: confirmed first. */
export async function driftStates(w: Window): Promise<TileBody> {
  const rows = await rowsOf<StateRow>(
    w.ctx.db,
    sql`select distinct on (c.app_id, c.type_id, c.feature) c.day, a.name as app, t.name as type, c.feature, c.method, c.state,
        c.value, c.p, c.q, c.n_current as n, c.n_reference as reference,
        case when jsonb_typeof(c.detail->'new_categories') = 'array' then c.detail->'new_categories' end as fresh,
        c.detail->'reference' as against
      from drift_checks c join apps a on a.id = c.app_id join decision_types t on t.id = c.type_id
      where c.p is not null and ${checksOf(w)} order by c.app_id, c.type_id, c.feature, c.day desc limit 500`,
  );
  const rank: Record<string, number> = { confirmed: 0, suspected: 1, steady: 2 };
  const sorted = rows.toSorted(
    (a, b) => (rank[a.state] ?? 3) - (rank[b.state] ?? 3) || (a.q ?? 1) - (b.q ?? 1),
  );
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  return {
    sentence:
      rows.length === 0
        ? "Nothing has been compared in this time yet; it is done once a day when there is enough."
        : `${count("confirmed")} confirmed, ${count("suspected")} suspected, ${count("steady")} steady.`,
    warnings: sorted
      .filter(({ state }) => state === "confirmed")
      .slice(0, 5)
      .map(({ app, feature, day }) => `${app}: ${feature} has drifted (confirmed on ${day}).`),
    population: "The newest window of each feature against its reference",
    weighting: "plain counts; q is p after Benjamini–Hochberg over all features of the day",
    picture: null,
    table: {
      columns: [
        "App",
        "Type",
        "Feature",
        "State",
        "Day",
        "Test",
        "Statistic",
        "p",
        "q",
        "n",
        "n of reference",
        "New categories",
        "Compared with",
      ],
      rows: sorted.map((row) => [
        row.app,
        row.type,
        row.feature,
        row.state,
        row.day,
        row.method,
        row.value,
        row.p,
        row.q,
        row.n,
        row.reference,
        row.fresh === null ? "" : row.fresh.slice(0, 5).join(", "),
        against(row),
      ]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: rowsBehind(w.ctx, w.filter),
  };
}

function against({ against }: StateRow): string {
  if (against === null) return "";
  const words = referenceWords[against.source] ?? against.source;
  return `${words}, ${against.from.slice(0, 10)} to ${against.to.slice(0, 10)}`;
}

function checksOf(w: Window) {
  const [from, to] = [w.from.toISOString().slice(0, 10), w.to.toISOString().slice(0, 10)];
  return sql`${othersOf(w, { org: sql`c.org_id`, app: sql`c.app_id`, type: sql`c.type_id` })} and c.day >= ${from} and c.day <= ${to}`;
}

const routeWords: Record<Route, string> = {
  execute: "Execute",
  review: "Review",
  decline: "Decline",
  shadow: "Shadow",
};
const proposalWords: Record<Prediction, string> = { positive: "To act", negative: "Not to act" };

export const routeMix = (w: Window) => mix(w, "route", routeWords);

export async function proposalMix(w: Window): Promise<TileBody> {
  return mix(w, "predicted", proposalWords);
}

async function mix(
  w: Window,
  column: "route" | "predicted",
  words: Record<string, string>,
): Promise<TileBody> {
  const rows = await intakeSums(w, "bucket");
  const keys = column === "predicted" ? predictions : Object.keys(words);
  const by = Map.groupBy(rows, ({ at }) => at);
  const points = w.buckets.map((bucket) => ({
    ...bucket,
    values: Object.fromEntries(
      keys.map((key) => [key, total(by.get(bucket.at) ?? [], (row) => row[column] === key)]),
    ),
  }));
  const all = total(rows, () => true);
  const share = keys.map((key) => {
    const own = total(rows, (row) => row[column] === key);
    return `${(words[key] ?? key).toLowerCase()} ${((own / all) * 100).toFixed(1)} %`;
  });
  return {
    sentence:
      all === 0
        ? "No decision came in this time, with this filter."
        : `${counted(all, "decision")}: ${share.join(", ")}.`,
    population: "All decisions submitted in this time",
    weighting: "plain counts: every one counts once",
    picture: { kind: "stack", series: keys.map((key) => ({ key, label: words[key] ?? key })), points },
    table: {
      columns: ["From (UTC)", ...keys.map((key) => words[key] ?? key)],
      rows: points.map(({ at, values }) => [at, ...keys.map((key) => values[key] ?? 0)]),
    },
    rows: rowsBehind(w.ctx, w.filter),
  };
}

function total(rows: readonly IntakeSum[], is: (row: IntakeSum) => boolean): number {
  return rows.reduce((sum, row) => sum + (is(row) ? row.count : 0), 0);
}
