import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import type { TestOrg } from "@/db/testing-fixtures";
import { auroc } from "@/lib/stats/auroc";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { calibration } from "./calibration";
import { confusion } from "./confusion";
import { getMetric } from "./get-metric";
import { getTile } from "./get-tile";
import { absent, aSharedDesk, enter, knownAnswer, rowsOfFile, type Case } from "./testing-shared-files";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

const scoredOf = (cases: readonly Case[]) =>
  cases.flatMap(({ confidence, predicted, actual }) =>
    confidence === null ? [] : [{ p: confidence, y: predicted === actual ? (1 as const) : (0 as const) }],
  );

async function figuresOf({ admin }: TestOrg) {
  const metric = async (name: "expected_calibration_error" | "brier_score") =>
    (await getMetric(admin, { metric: name })).figure;
  const { figures } = await getTile(admin, { tile: "reliability" });
  const [ece, brier] = [await metric("expected_calibration_error"), await metric("brier_score")];
  return { n: ece.n, ece: ece.value, brier: brier.value, auroc: figures[0]?.value };
}

type Known = {
  n: number;
  accuracy: number;
  mean_conf?: number;
  ece15_width: number;
  brier?: number;
  brier_top?: number;
  auroc: number;
};

// Each answers one question of several choices: it proposes its answer, and acting on it is right where the answer is.
const files = [
  { name: "cifar10_vgg16_msp", known: "cifar10_file" },
  { name: "mcqa_gpt4turbo_msp", known: "mcqa_gpt4turbo_msp_file" },
  { name: "mmlupro_gpt4o_verbal_logit", known: "mmlupro_gpt4o_verbal_logit_file" },
];

test.skipIf(absent).each(files)(
  "$name, submitted and told of outcomes, gives the known accuracy, ECE, Brier score and AUROC",
  { timeout: 900_000 },
  async ({ name, known: answer }) => {
    const cases = rowsOfFile(`${name}.csv`).map(({ id, confidence, correct, segment }): Case => ({
      id: `${name}-${id}`,
      confidence: confidence === "" || confidence === undefined ? null : Number(confidence),
      predicted: true,
      actual: correct === "1",
      ...(segment === undefined ? {} : { segment }),
    }));
    const known = knownAnswer<Known>(answer);
    const desk = await aSharedDesk(db);
    await enter(desk, cases);
    const figures = await figuresOf(desk.org);
    expect(figures.n).toBe(known.n);
    expect(figures.ece).toBeCloseTo(known.ece15_width, 12);
    expect(figures.brier).toBeCloseTo(known.brier ?? known.brier_top ?? -1, 12);
    expect(figures.auroc).toBeCloseTo(known.auroc, 12);
    // The answers without a confidence have a truth all the same: they count as right or wrong, not as sure or unsure.
    const { cells } = await confusion(desk.org.admin, { view: "model" });
    expect(cells.tp.count + cells.fp.count).toBe(cases.length);
    expect(cells.tp.count).toBe(cases.filter(({ actual }) => actual).length);
    const stated = cases.filter(({ confidence }) => confidence !== null);
    expect(stated.filter(({ actual }) => actual).length / known.n).toBeCloseTo(known.accuracy, 12);
    const { overconfidence } = await calibration(desk.org.admin, {});
    const mean = known.mean_conf ?? scoredOf(cases).reduce((sum, { p }) => sum + p, 0) / known.n;
    expect(overconfidence).toBeCloseTo(mean - known.accuracy, 12);
    await expectSegments(desk, cases);
  },
);

/** Each segment's figures are those of its own answers alone. */
async function expectSegments(
  { org, desk }: Awaited<ReturnType<typeof aSharedDesk>>,
  cases: readonly Case[],
): Promise<void> {
  const segments = [...Map.groupBy(cases, ({ segment }) => segment)];
  const { table } = await getTile(org.admin, { tile: "calibration_by_part", type: desk.typeKey });
  for (const [segment, own] of segments.filter(([name]) => name !== undefined)) {
    const row = table.rows.find(([part]) => part === segment);
    const figure = (column: string) => row?.[table.columns.indexOf(column)];
    const scored = scoredOf(own);
    expect(figure("n")).toBe(scored.length);
    expect(figure("ECE")).toBeCloseTo(expectedCalibrationError(scored) ?? -1, 12);
    expect(figure("Brier")).toBeCloseTo(brierScore(scored) ?? -1, 12);
  }
}

test.skipIf(absent)(
  "guards' answers give the confusion and the rates that counting gives",
  { timeout: 300_000 },
  async () => {
    const cases = rowsOfFile("moderation_guards_10runs.csv").map((row, at) => ({
      id: `guard-${at}-${row.id}`,
      confidence: Number(row.confidence),
      predicted: row.prediction === "1",
      actual: row.label === "1",
    }));
    const desk = await aSharedDesk(db);
    await enter(desk, cases);
    const { cells, rates } = await confusion(desk.org.admin, { view: "model" });
    const count = (predicted: boolean, actual: boolean) =>
      cases.filter((one) => one.predicted === predicted && one.actual === actual).length;
    const [tp, fp, fn, tn] = [count(true, true), count(true, false), count(false, true), count(false, false)];
    expect([cells.tp.count, cells.fp.count, cells.fn.count, cells.tn.count]).toEqual([tp, fp, fn, tn]);
    // Every prompt of the file is harmful: nothing says how often a guard is wrong of a harmless one.
    expect([fp + tn, rates.fpr.value]).toEqual([0, null]);
    expect(rates.fnr.value).toBeCloseTo(fn / (fn + tp), 12);
    const scored = scoredOf(cases);
    const figures = await figuresOf(desk.org);
    expect(figures.ece).toBeCloseTo(expectedCalibrationError(scored) ?? -1, 12);
    expect(figures.brier).toBeCloseTo(brierScore(scored) ?? -1, 12);
    expect(figures.auroc).toBeCloseTo(auroc(scored) ?? -1, 12);
  },
);
