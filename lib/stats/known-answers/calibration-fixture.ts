import { auroc } from "../auroc";
import { fitBeta, applyBeta } from "../beta-calibration";
import { brierScore, murphyDecomposition } from "../brier";
import {
  adaptiveCalibrationError,
  expectedCalibrationError,
  maximumCalibrationError,
} from "../calibration-error";
import { cellsOf, knownAnswers, type Reproduction } from "./compare-fixture";
import type { Vectors } from "./vectors-fixture";
import { logLoss } from "../log-loss";
import { pava } from "../pava";
import { applyPlatt, fitPlatt } from "../platt";
import { areaUnderRiskCoverage } from "../risk-coverage";
import { type Scored, weightedMean } from "../scored";

const vectors = knownAnswers<Vectors>();
/** The reference came from an optimiser that stops early. */
const optimised = { relative: 2e-5, absolute: 1e-5 };

/** Calibration, ranking and calibration maps. */
export const calibrationReproductions: Readonly<Record<string, Reproduction>> = {
  calibration_small: { inputs: ["p", "y"], reproduce: () => smallFigures(small()) },
  murphy_grouped: {
    reproduce: () => murphyOf([...repeated(0.1, 10, 1), ...repeated(0.3, 10, 4), ...repeated(0.8, 20, 16)]),
  },
  aurc_small: { reproduce: () => areaOf(small(), "optimal") },
  cifar10_file: { reproduce: () => fileFigures("cifar10_vgg16_msp.csv", "brier_top", "plambda_get_ece15") },
  mcqa_gpt4turbo_msp_file: { reproduce: () => fileFigures("mcqa_gpt4turbo_msp.csv", "brier", "mean_conf") },
  mmlupro_gpt4o_verbal_logit_file: {
    reproduce: () => fileFigures("mmlupro_gpt4o_verbal_logit.csv", "brier", "mean_conf"),
  },
  pava: {
    inputs: ["x", "y", "w"],
    reproduce: () => vectors.pava.map(({ y, w }) => ({ fit: pava(y, w ?? undefined) })),
  },
  platt_small: {
    tolerance: optimised,
    reproduce: () => {
      const map = fitPlatt(small());
      return map && { ...map, nll: lossOf((p) => applyPlatt(map, p)) };
    },
  },
  beta_small: {
    tolerance: optimised,
    reproduce: () => {
      const map = fitBeta(small());
      return map && { ...map, nll: lossOf((p) => applyBeta(map, p)) };
    },
  },
};

function small(): Scored[] {
  return vectors.calibration_small.p.map((p, i) => ({ p, y: vectors.calibration_small.y[i] ?? Number.NaN }));
}

function repeated(p: number, n: number, events: number): Scored[] {
  return Array.from({ length: n }, (_, i) => ({ p, y: i < events ? 1 : 0 }));
}

function lossOf(map: (p: number) => number): number {
  return (logLoss(small().map(({ p, y }) => ({ p: map(p), y }))) ?? Number.NaN) * small().length;
}

function smallFigures(scored: readonly Scored[]) {
  const { brier, rel, res, unc } = murphyOf(scored);
  return {
    ece5: expectedCalibrationError(scored, 5),
    mce5: maximumCalibrationError(scored, 5),
    ece10: expectedCalibrationError(scored, 10),
    ace5: adaptiveCalibrationError(scored, 5),
    brier: brierScore(scored),
    logloss: logLoss(scored),
    auroc: auroc(scored),
    murphy_brier: brier,
    murphy_rel: rel,
    murphy_res: res,
    murphy_unc: unc,
  };
}

function murphyOf(scored: readonly Scored[]) {
  const parts = murphyDecomposition(scored);
  return { brier: parts?.brier, rel: parts?.reliability, res: parts?.resolution, unc: parts?.uncertainty };
}

function areaOf(scored: readonly Scored[], optimum: "optimal" | "aurc_opt") {
  const area = areaUnderRiskCoverage(scored);
  return { aurc: area?.aurc, [optimum]: area?.optimal, e_aurc: area?.excess };
}

/** The figures of a file of real confidences, under the names they have there. */
function fileFigures(name: string, brier: "brier" | "brier_top", further: "mean_conf" | "plambda_get_ece15") {
  const scored = scoredOf(name);
  const error = expectedCalibrationError(scored);
  return {
    n: scored.length,
    accuracy: weightedMean(scored, ({ y }) => y),
    ece15_width: error,
    ace15: adaptiveCalibrationError(scored),
    [brier]: brierScore(scored),
    auroc: auroc(scored),
    ...areaOf(scored, "aurc_opt"),
    [further]: further === "mean_conf" ? weightedMean(scored, ({ p }) => p) : error,
  };
}

/** The rows of a data file that have a confidence. */
function scoredOf(name: string): Scored[] {
  const [header = [], ...rows] = cellsOf(name);
  const [p = -1, y = -1] = ["confidence", "correct"].map((column) => header.indexOf(column));
  return rows
    .filter((cells) => cells[p] !== "")
    .map((cells) => ({ p: Number(cells[p]), y: Number(cells[y]) }));
}
