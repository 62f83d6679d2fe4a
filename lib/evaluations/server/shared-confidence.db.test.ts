import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import { recordOutcomes } from "@/lib/feedback/server/record-outcomes";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import { auroc } from "@/lib/stats/auroc";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { confusion } from "./confusion";
import { getMetric } from "./get-metric";
import { getTile } from "./get-tile";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
const shared = path.join(import.meta.dirname, "../../../../shared");
const absent = existsSync(shared) ? false : "the reference data beside the checkout is absent";

type Case = { id: string; confidence: number; predicted: boolean; actual: boolean };

function rowsOfFile(name: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(path.join(shared, "data/confidence", name), "utf8")
    .trim()
    .split(/\r?\n/);
  const names = (head ?? "").split(",");
  return lines.map((line) => {
    // Of the columns that are read none holds a comma; quoted ones before them are one cell.
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2] ?? "");
    return Object.fromEntries(names.map((column, at) => [column, cells[at] ?? ""]));
  });
}

/** Submitted in batches as an app does, in shadow, and told what was right as a system of record does. */
async function entered(cases: readonly Case[]) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy: { level: "shadow" } });
  const key = await org.keyOf(desk.app, ["decisions:write", "feedback:write", "decisions:read"]);
  for (let at = 0; at < cases.length; at += 200) {
    const part = cases.slice(at, at + 200);
    const submitted = part.map(({ id, confidence, predicted }) => ({
      actor: key.actor,
      livemode: false,
      idempotencyKey: null,
      submission: Submission.parse({
        type: desk.typeKey,
        external_id: id,
        input: { message: id },
        proposal: {
          arguments: { invoice: "INV-1", amount: 1, currency: "EUR" },
          predicted: predicted ? "positive" : "negative",
        },
        confidence,
      }),
    }));
    const made = await submitDecisions(org.system, submitted);
    expect(made.filter(({ kind }) => kind !== "created")).toEqual([]);
    await recordOutcomes(
      key,
      part.map(({ id, actual }) => ({
        external_id: id,
        truth: actual ? ("positive" as const) : ("negative" as const),
      })),
    );
  }
  return { org, key };
}

const scoredOf = (cases: readonly Case[]) =>
  cases.map(({ confidence, predicted, actual }) => ({
    p: confidence,
    y: predicted === actual ? (1 as const) : (0 as const),
  }));

test.skipIf(absent)(
  "ten thousand real answers give the known ECE, Brier score and AUROC",
  { timeout: 600_000 },
  async () => {
    const cases = rowsOfFile("cifar10_vgg16_msp.csv").map((row) => ({
      id: `cifar-${row.id}`,
      confidence: Number(row.confidence),
      predicted: true,
      actual: row.correct === "1",
    }));
    const { org } = await entered(cases);
    const known = (
      JSON.parse(readFileSync(path.join(shared, "vectors/vectors.json"), "utf8")) as {
        cifar10_file: { n: number; accuracy: number; ece15_width: number; brier_top: number; auroc: number };
      }
    ).cifar10_file;
    const ece = await getMetric(org.admin, { metric: "expected_calibration_error" });
    const brier = await getMetric(org.admin, { metric: "brier_score" });
    const reliability = await getTile(org.admin, { tile: "reliability" });
    const { cells } = await confusion(org.admin, { view: "model" });
    expect(ece.figure.n).toBe(known.n);
    expect(ece.figure.value).toBeCloseTo(known.ece15_width, 12);
    expect(brier.figure.value).toBeCloseTo(known.brier_top, 12);
    expect(reliability.figures[0]?.value).toBeCloseTo(known.auroc, 12);
    expect(cells.tp.count / known.n).toBe(known.accuracy);
  },
);

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
    const { org } = await entered(cases);
    const { cells, rates } = await confusion(org.admin, { view: "model" });
    const count = (predicted: boolean, actual: boolean) =>
      cases.filter((one) => one.predicted === predicted && one.actual === actual).length;
    const [tp, fp, fn, tn] = [count(true, true), count(true, false), count(false, true), count(false, false)];
    expect([cells.tp.count, cells.fp.count, cells.fn.count, cells.tn.count]).toEqual([tp, fp, fn, tn]);
    // Every prompt of the file is harmful: nothing says how often a guard is wrong of a harmless one.
    expect([fp + tn, rates.fpr.value]).toEqual([0, null]);
    expect(rates.fnr.value).toBeCloseTo(fn / (fn + tp), 12);
    const scored = scoredOf(cases);
    const read = async (metric: "expected_calibration_error" | "brier_score") =>
      (await getMetric(org.admin, { metric })).figure.value;
    expect(await read("expected_calibration_error")).toBeCloseTo(expectedCalibrationError(scored) ?? -1, 12);
    expect(await read("brier_score")).toBeCloseTo(brierScore(scored) ?? -1, 12);
    const { figures } = await getTile(org.admin, { tile: "reliability" });
    expect(figures[0]?.value).toBeCloseTo(auroc(scored) ?? -1, 12);
  },
);
