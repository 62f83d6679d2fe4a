import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { populationStability } from "@/lib/stats/population-stability";
import type { TileBody } from "../../board-schema";
import { calibrationOf } from "../../calibration";
import { leastSample } from "../../figure";
import { calibration } from "../calibration";
import { confidenceCounts } from "../intake-sums";
import { rowsBehind } from "../population";
import { readAuroc } from "../read-auroc";
import { brierNumbers, calibrationSums, eceNumbers } from "../read-calibration";
import { previousOf, type Window } from "../window";
import { declaredSegments, segmentValue } from "./segments";

/** Stated confidence against how often it was right, over everything. */
export async function reliability(w: Window): Promise<TileBody> {
  const [{ bins, n, ess, ece, brier, overconfidence, population, weighting }, auroc] = await Promise.all([
    calibration(w.ctx, w.filter),
    readAuroc(w),
  ]);
  const enough = ece !== null && brier !== null && overconfidence !== null && ess >= leastSample * (1 - 1e-9);
  return {
    sentence: enough
      ? `On average ${(Math.abs(overconfidence) * 100).toFixed(1)} points ${overconfidence > 0 ? "more sure than right" : "more right than sure"}; ECE ${ece.toFixed(4)} (15 bins), Brier ${brier.toFixed(4)}, n = ${n.toLocaleString("en")}, effective n = ${Math.round(ess)}.`
      : `Not enough yet for a figure: an effective sample of ${Math.floor(ess)} of ${leastSample}.`,
    population,
    weighting,
    figures: [
      {
        label: "AUROC: is what is right also surer?",
        unit: "share",
        ...auroc,
        population,
        weighting,
        rows: {},
      },
    ],
    picture: { kind: "reliability", parts: n === 0 ? [] : [{ label: "All", n, bins }] },
    table: {
      columns: ["Confidence from", "To", "Stated", "Observed", "Lower", "Upper", "n"],
      rows: bins.map((bin) => [bin.low, bin.high, bin.stated, bin.observed, bin.lower, bin.upper, bin.n]),
    },
    rows: rowsBehind(w.ctx, w.filter, { truth: "known" }),
  };
}

/** Small multiples show so many; the rest is in the table. */
const mostParts = 6;

/** Reliability by decision type, or by the values of the one type's first declared segment. */
export async function calibrationByPart(w: Window): Promise<TileBody> {
  const [segment] = w.filter.type === undefined ? [] : await declaredSegments(w);
  const key: SQL = segment ? sql`coalesce(left(${segmentValue(segment)}, 80), '(none)')` : sql`d.type_id`;
  const [rows, names] = await Promise.all([calibrationSums(w, { key }), segment ? null : typeNames(w)]);
  const parts = [...Map.groupBy(rows, ({ at }) => names?.get(at) ?? at)]
    .map(([label, some]) => {
      const { bins, n, overconfidence } = calibrationOf(some);
      return { label, n, bins, overconfidence, ece: eceNumbers(some), brier: brierNumbers(some) };
    })
    .toSorted((a, b) => b.n - a.n);
  const worst = parts
    .filter(({ ece }) => ece.value !== null)
    .toSorted((a, b) => (b.ece.value ?? 0) - (a.ece.value ?? 0))[0];
  return {
    sentence: worst
      ? `Furthest from what it states: ${worst.label}, ECE ${(worst.ece.value ?? 0).toFixed(4)}, n = ${worst.n}.`
      : "No part has enough labelled decisions yet.",
    population: `Decisions of this time with a stated confidence and a known truth, by ${segment ? segment.name : "decision type"}`,
    weighting:
      "the strongest label counts, each weighted by one over its probability; ECE and Brier only from an effective sample of 30",
    picture: {
      kind: "reliability",
      parts: parts.slice(0, mostParts).map(({ label, n, bins }) => ({ label, n, bins })),
    },
    table: {
      columns: ["Part", "n", "ECE", "ECE from", "ECE to", "Brier", "More sure than right"],
      rows: parts.map(({ label, n, ece, brier, overconfidence }) => [
        label,
        n,
        ece.value,
        ece.lower,
        ece.upper,
        brier.value,
        overconfidence,
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter, { truth: "known" }),
  };
}

async function typeNames({ ctx }: Window): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; name: string }>(
    ctx.db,
    sql`select id, name from decision_types where org_id = ${ctx.orgId}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const bins = 10;

/** Confidence of all decisions now against the time before, labelled or not. */
export async function confidenceMix(w: Window): Promise<TileBody> {
  const [now, before] = await Promise.all([confidenceCounts(w), confidenceCounts(previousOf(w))]);
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(now), total(before)];
  const psi = n > 0 && m > 0 ? populationStability(before, now) : null;
  const share = (count: number, of: number) => (of === 0 ? 0 : count / of);
  const label = (at: number) => `${(at / bins).toFixed(1)}–${((at + 1) / bins).toFixed(1)}`;
  return {
    sentence:
      psi === null
        ? "One of the two times has no decision with a confidence."
        : `PSI ${psi.toFixed(4)} against the time before (0.1 and 0.25 are customary guides).`,
    population: `Decisions with a stated confidence: ${n.toLocaleString("en")} now, ${m.toLocaleString("en")} in the time before`,
    weighting: "plain counts: every one counts once",
    picture: {
      kind: "columns",
      series: [
        { key: "now", label: "Now" },
        { key: "before", label: "The time before" },
      ],
      points: now.map((count, at) => ({
        at: label(at),
        complete: true,
        values: { now: share(count, n), before: share(before[at] ?? 0, m) },
      })),
    },
    table: {
      columns: ["Confidence", "Now", "Share now", "Before", "Share before"],
      rows: now.map((count, at) => [
        label(at),
        count,
        share(count, n),
        before[at] ?? 0,
        share(before[at] ?? 0, m),
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter),
  };
}
