import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { Difference, TileBody, TileQuery } from "../../board-schema";
import { metricsCatalogue, type MetricUnit } from "../../metrics-catalogue";
import { pairedRates } from "../../paired";
import { differenceOf } from "../get-metric";
import { rowsBehind } from "../population";
import type { Numbers } from "../reading";
import { readVersionPairs, type PairRow } from "../version-pairs";
import { compared, readVersions, versionOf, type Versions } from "../version-sums";
import { decisionsOf, type Window } from "../window";

type Side = Pick<Numbers, "value" | "n">;
/** One figure of both versions. `how`: on which inputs, so that nobody takes an unpaired difference for a paired one. */
type Line = {
  question: string;
  how: string;
  unit: MetricUnit;
  one: Side;
  other: Side;
  gap: Difference | null;
  href: string | null;
};

/**
 * Two versions beside each other. Each answered its own decisions, so those differences are unpaired; where both answered
 * the same inputs, in shadow or in an experiment, the paired ones stand first.
 */
export async function compareVersions(w: Window, query: TileQuery): Promise<TileBody> {
  const by = query.by ?? "prompt_version";
  const [a, b] = [query.a, query.b].every((one) => one !== undefined && one !== "")
    ? [query.a, query.b]
    : await newest(w, by);
  if (a === undefined || b === undefined) return nothingToCompare(by);
  const versions: Versions = { a, b, by };
  const [figures, pairs] = await Promise.all([readVersions(w, versions), readVersionPairs(w, versions)]);
  const [first, second] = [figures(a), figures(b)];
  const unpaired = compared.map((metric): Line => {
    const { question, unit } = metricsCatalogue[metric];
    const [one, other] = [first[metric], second[metric]];
    return {
      question,
      how: "unpaired: each its own decisions",
      unit,
      one,
      other,
      gap: differenceOf(one, other),
      href: null,
    };
  });
  const paired = pairedLines(pairs);
  return {
    sentence: said(versions, paired, unpaired),
    population: `Decisions of this time by ${by === "model" ? "model" : "prompt version"}: each version answered its own. Paired: inputs whose truth is known that both answered, ${paired.length === 0 ? "of which there are not enough" : "in shadow or in the newest experiment"}`,
    weighting,
    picture: { kind: "bars", unit: "points", bars: [...paired, ...unpaired].flatMap(barOf) },
    table: {
      columns: ["Figure", "On which inputs", a, "n", b, "n of the other", "Difference", "From", "To", "Real"],
      rows: [...paired, ...unpaired].map(({ question, how, unit, one, other, gap }) => [
        question,
        how,
        one.value,
        one.n,
        other.value,
        other.n,
        gap?.value ?? (one.value === null || other.value === null ? null : one.value - other.value),
        gap?.lower ?? null,
        gap?.upper ?? null,
        gap === null
          ? without(unit, one, other)
          : gap.real
            ? "larger than chance explains"
            : "chance explains it",
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter),
  };
}

/** Why a difference has no interval: it counts all there are, or one side says too little. */
const without = (unit: MetricUnit, one: Side, other: Side) =>
  unit === "count"
    ? "a count of all, no sample"
    : one.value === null || other.value === null
      ? "not enough yet"
      : "no interval";

const weighting =
  "each figure as it is weighted on its own tile. Unpaired differences: Newcombe's method on the two intervals; paired: Tango's, on effective sizes";

const nothingToCompare = (by: Versions["by"]): TileBody => ({
  sentence: `No app has two ${by === "model" ? "models" : "prompt versions"} in this time. Choose ${by === "model" ? "prompt versions" : "models"} above, a longer time, or two of them.`,
  population: "Decisions of this time by version",
  weighting,
  picture: null,
  table: { columns: ["Figure"], rows: [] },
  rows: null,
});

const sourceWords = { shadow: "paired: in shadow", experiment: "paired: experiment" };

function pairedLines(pairs: readonly PairRow[]): Line[] {
  return (["shadow", "experiment"] as const).flatMap((source) => {
    const own = pairs.filter((row) => row.source === source);
    const [{ id, name } = { id: null, name: null }] = own;
    return pairedRates(own).map(({ question, n, first, second, gap }) => ({
      question,
      how: name === null ? sourceWords[source] : `${sourceWords[source]} ${name}`,
      unit: "share" as const,
      one: { value: first, n },
      other: { value: second, n },
      gap,
      href: id === null ? null : `/experiments/${id}`,
    }));
  });
}

function said({ a, b }: Versions, paired: readonly Line[], unpaired: readonly Line[]): string {
  const real = (lines: readonly Line[]) => lines.filter(({ gap }) => gap?.real).length;
  const count = (lines: readonly Line[]) =>
    real(lines) === 0
      ? "no difference is larger than chance explains"
      : `${real(lines)} of ${lines.length} differences are larger than chance explains`;
  const same =
    paired.length === 0 ? "" : ` On the same inputs (n = ${paired[0]?.one.n ?? 0}): ${count(paired)}.`;
  return `${a} less ${b}.${same} Each on its own decisions, which may differ in what came in: ${count(unpaired)}.`;
}

function barOf({ question, how, unit, gap, one, other, href }: Line) {
  if (gap === null || unit !== "share") return [];
  const { value, lower, upper } = gap;
  const isPaired = !how.startsWith("unpaired");
  return [
    {
      label: `${question} (${isPaired ? how : "unpaired"})`,
      value,
      lower,
      upper,
      n: isPaired ? one.n : one.n + other.n,
      cumulative: null,
      href,
    },
  ];
}

/** Looked at for the two versions nobody named: bounded however long the history. */
const newestLooked = 20_000;

/**
 * The two versions with the most among the newest decisions of one app and type, the later one first: versions of
 * different apps answer different questions.
 */
async function newest(w: Window, by: Versions["by"]): Promise<(string | undefined)[]> {
  const version = versionOf(by);
  const rows = await rowsOf<{ version: string }>(
    w.ctx.db,
    sql`with looked as (
        select d.app_id, d.type_id, ${version} as version, d.created_at from decisions d
        where ${decisionsOf(w)} and ${version} is not null order by d.created_at desc limit ${newestLooked}),
      counted as (
        select app_id, type_id, version, count(*) as n, max(created_at) as last,
          row_number() over (partition by app_id, type_id order by count(*) desc, max(created_at) desc) as place
        from looked group by 1, 2, 3)
      select c.version from counted c
        join (select app_id, type_id from counted where place = 2 order by n desc limit 1) best using (app_id, type_id)
      where c.place <= 2 order by c.last desc`,
  );
  return [rows[0]?.version, rows[1]?.version];
}
