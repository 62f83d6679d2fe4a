import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { auroc } from "./auroc";
import { brierScore, murphyDecomposition } from "./brier";
import { adaptiveCalibrationError, expectedCalibrationError, overconfidence } from "./calibration-error";
import { clopperPearson, clopperPearsonUpper } from "./clopper-pearson";
import { pava } from "./pava";
import { areaUnderRiskCoverage } from "./risk-coverage";
import type { Scored } from "./scored";
import { wilsonInterval } from "./wilson";

const shared = new URL("../../../shared/", import.meta.url);
const present = existsSync(new URL("vectors/vectors.json", shared));
const vectors = present ? JSON.parse(readFileSync(new URL("vectors/vectors.json", shared), "utf8")) : null;

type Bounds = { k: number; n: number; lower: number; upper: number };
type ExactBounds = {
  k: number;
  n: number;
  lower2s95: number;
  upper2s95: number;
  upper1s95: number;
};
type Pooling = { y: number[]; w: number[] | null; fit: number[] };
type FileAnswers = {
  n: number;
  accuracy: number;
  ece15_width: number;
  ace15: number;
  auroc: number;
} & {
  [figure in "aurc" | "aurc_opt" | "e_aurc"]: number;
} & { brier?: number; brier_top?: number; mean_conf?: number };

/** The rows of a data file that have a confidence. */
function scoredOf(file: string): Scored[] {
  const [header = "", ...lines] = readFileSync(new URL(`data/confidence/${file}`, shared), "utf8")
    .trim()
    .split("\n");
  const [p, y] = ["confidence", "correct"].map((name) => header.trim().split(",").indexOf(name));
  return lines
    .map((line) => line.trim().split(","))
    .filter((cells) => cells[p ?? -1] !== "")
    .map((cells) => ({ p: Number(cells[p ?? -1]), y: Number(cells[y ?? -1]) }));
}

describe.skipIf(!present)("the shared known answers (skipped when the folder ../shared is absent)", () => {
  test("Clopper-Pearson", () => {
    const rows: ExactBounds[] = vectors.clopper_pearson;
    expect(rows).not.toHaveLength(0);
    for (const { k, n, lower2s95, upper2s95, upper1s95 } of rows) {
      expect(clopperPearson(k, n).lower).toBeCloseTo(lower2s95, 12);
      expect(clopperPearson(k, n).upper).toBeCloseTo(upper2s95, 12);
      expect(clopperPearsonUpper(k, n)).toBeCloseTo(upper1s95, 12);
    }
  });

  test("Wilson", () => {
    const rows: Bounds[] = vectors.wilson;
    expect(rows).not.toHaveLength(0);
    for (const { k, n, lower, upper } of rows) {
      expect(wilsonInterval(k, n).lower).toBeCloseTo(lower, 12);
      expect(wilsonInterval(k, n).upper).toBeCloseTo(upper, 12);
    }
  });

  test("pool-adjacent-violators", () => {
    const rows: Pooling[] = vectors.pava;
    expect(rows).not.toHaveLength(0);
    for (const { y, w, fit } of rows) {
      pava(y, w ?? undefined).forEach((value, i) => expect(value).toBeCloseTo(fit[i] ?? Number.NaN, 12));
    }
  });

  test("Murphy's parts of ungrouped forecasts", () => {
    const { p, y, murphy_rel, murphy_res, murphy_unc } = vectors.calibration_small;
    const parts = murphyDecomposition(p.map((value: number, i: number) => ({ p: value, y: y[i] })));
    expect(parts?.reliability).toBeCloseTo(murphy_rel, 12);
    expect(parts?.resolution).toBeCloseTo(murphy_res, 12);
    expect(parts?.uncertainty).toBeCloseTo(murphy_unc, 12);
  });

  test.each([
    ["cifar10_vgg16_msp.csv", "cifar10_file"],
    ["mcqa_gpt4turbo_msp.csv", "mcqa_gpt4turbo_msp_file"],
    ["mmlupro_gpt4o_verbal_logit.csv", "mmlupro_gpt4o_verbal_logit_file"],
  ])("calibration and ranking of the real confidences in %s", (file, key) => {
    const answers: FileAnswers = vectors[key];
    const scored = scoredOf(file);
    expect(scored).toHaveLength(answers.n);
    expect(expectedCalibrationError(scored)).toBeCloseTo(answers.ece15_width, 10);
    expect(adaptiveCalibrationError(scored)).toBeCloseTo(answers.ace15, 10);
    expect(brierScore(scored)).toBeCloseTo(answers.brier ?? answers.brier_top ?? Number.NaN, 10);
    expect(auroc(scored)).toBeCloseTo(answers.auroc, 10);
    const area = areaUnderRiskCoverage(scored);
    expect(area?.aurc).toBeCloseTo(answers.aurc, 10);
    expect(area?.optimal).toBeCloseTo(answers.aurc_opt, 10);
    expect(area?.excess).toBeCloseTo(answers.e_aurc, 10);
    if (answers.mean_conf !== undefined) {
      expect(overconfidence(scored)).toBeCloseTo(answers.mean_conf - answers.accuracy, 10);
    }
  });
});
