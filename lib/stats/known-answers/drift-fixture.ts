import { newAdwin, updateAdwin } from "../adwin";
import { chiSquareTest } from "../chi-square";
import { largestCusum } from "../cusum";
import { jensenShannonDistance, jensenShannonDivergence } from "../jensen-shannon";
import { detectorSums } from "./evidence-fixture";
import { knownAnswers, type Reproduction } from "./compare-fixture";
import type { Vectors } from "./vectors-fixture";
import { kolmogorovSmirnov } from "../kolmogorov-smirnov";
import { newPageHinkley, type PageHinkleyOptions, updatePageHinkley } from "../page-hinkley";
import { populationStability } from "../population-stability";

const vectors = knownAnswers<Vectors>();

/** Annual flow of the Nile at Aswan, 10^8 m³, 1871-1970: public, as in R's datasets (Durbin & Koopman 2001). */
export const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958,
  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
  1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040,
  759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
  744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];
export const firstYear = 1871;

/** Distances and tests of two samples, and detectors of a change in a stream. */
export const driftReproductions: Readonly<Record<string, Reproduction>> = {
  psi: {
    inputs: ["ref", "cur"],
    reproduce: () => vectors.psi.map(({ ref, cur }) => ({ psi: populationStability(ref, cur) })),
  },
  js: {
    inputs: ["ref", "cur"],
    reproduce: () => {
      const { ref, cur } = vectors.js;
      return {
        js_distance_nat: jensenShannonDistance(ref, cur, Math.E),
        js_divergence_nat: jensenShannonDivergence(ref, cur),
        js_distance_base2: jensenShannonDistance(ref, cur),
      };
    },
  },
  ks2: {
    inputs: ["a", "b"],
    reproduce: () => {
      const { a, b } = vectors.ks2;
      const { statistic, p } = kolmogorovSmirnov(a, b);
      return { D: statistic, p_exact: p, p_asymp: kolmogorovSmirnov(a, b, "asymptotic").p };
    },
  },
  chi2: {
    inputs: ["table"],
    reproduce: () => {
      const found = chiSquareTest(vectors.chi2.table);
      return { stat: found?.statistic, df: found?.df, p: found?.p };
    },
  },
  river_stream: {
    inputs: ["series", "expected"],
    reproduce: () => ({
      ph: pageHinkleyAlarms(vectors.river_stream.series),
      adwin: adwinCuts(vectors.river_stream.series, 0.002),
    }),
  },
  bernoulli_stream: { inputs: ["series_ones", "n", "change_at"], reproduce: bernoulliAlarms },
  nile_cusum: { reproduce: nileCusum },
  nile_ph_down: {
    inputs: ["params"],
    reproduce: () => ({
      hits: pageHinkleyAlarms(
        nile.map((flow) => -flow),
        { least: 5, delta: 0, threshold: 1000, forgetting: 1 },
      ).map((index) => firstYear + index),
    }),
  },
};

/** Where the test gave an alarm. */
export function pageHinkleyAlarms(series: readonly number[], options?: PageHinkleyOptions): number[] {
  const state = newPageHinkley();
  return series.flatMap((x, i) => (updatePageHinkley(state, x, options) ? [i] : []));
}

/** Where the window was cut, a new one being begun after each cut, as in the program that gave the answers. */
export function adwinCuts(series: readonly number[], delta: number): number[] {
  let state = newAdwin();
  return series.flatMap((x, i) => {
    if (!updateAdwin(state, x, { delta })) return [];
    state = newAdwin();
    return [i];
  });
}

function bernoulliAlarms() {
  const { series_ones: ones, n } = vectors.bernoulli_stream;
  const series = Array.from({ length: n }, () => 0);
  for (const index of ones) series[index] = 1;
  return {
    ph_thr5: pageHinkleyAlarms(series, { threshold: 5 }),
    adwin_002: adwinCuts(series, 0.002),
    adwin_05: adwinCuts(series, 0.05),
    sr_alpha03_c1000_first: detectorSums(series, 0.03).findIndex((sum) => sum >= 1000),
  };
}

function nileCusum() {
  const furthest = largestCusum(nile);
  return {
    n: nile.length,
    mean: nile.reduce((sum, flow) => sum + flow, 0) / nile.length,
    argmax_abs: furthest?.index,
    year: firstYear + (furthest?.index ?? Number.NaN),
    max_abs: Math.abs(furthest?.value ?? Number.NaN),
  };
}
