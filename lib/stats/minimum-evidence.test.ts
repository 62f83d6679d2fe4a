import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialPValue } from "./binomial-p";
import { addEvidence, certificateBets, logE, logEOfCounts, newWealth } from "./certificate";
import { clopperPearsonUpper } from "./clopper-pearson";
import { shared } from "./known-answers/compare-fixture";
import {
  certifiedBound,
  certifiedBoundOf,
  labelsUntilCertified,
  rightLabelsUntilCertified,
} from "./minimum-evidence";

const standing = fc
  .record({ n: fc.integer({ min: 0, max: 2000 }), share: fc.double({ min: 0, max: 0.1, noNaN: true }) })
  .map(({ n, share }) => ({ n, wrong: Math.floor(n * share) }));
const level = fc.constantFrom(0.0025, 0.01, 0.05, 0.1);

describe("labels still needed", () => {
  test("one is missing at 189 right ones of limit 2 %, none at 190", () => {
    expect(labelsUntilCertified({ n: 189, wrong: 0, level: 0.05, alpha: 0.02 })).toMatchObject({
      exactly: 1,
    });
    expect(labelsUntilCertified({ n: 190, wrong: 0, level: 0.05, alpha: 0.02 })).toEqual({
      about: 0,
      exactly: 0,
    });
    expect(labelsUntilCertified({ n: 0, wrong: 0, level: 0.05, alpha: 0.02 })).toMatchObject({
      exactly: 190,
    });
  });

  test("the rough figure is ln(1/level) less ln E, over what a right label adds at the rate observed", () => {
    const { about } = labelsUntilCertified({ n: 100, wrong: 1, level: 0.05, alpha: 0.02 });
    const missing = Math.log(20) - logEOfCounts({ n: 100, wrong: 1, alpha: 0.02 });
    expect(about).toBeCloseTo(missing / Math.log(0.99 / 0.98), 9);
  });

  test("no rough figure where as many are wrong as allowed, but always a whole one", () => {
    const found = labelsUntilCertified({ n: 10, wrong: 5, level: 0.05, alpha: 0.02 });
    expect(found.about).toBeNull();
    expect(found.exactly).toBeGreaterThan(700);
    expect(labelsUntilCertified({ n: 3, wrong: 3, level: 0.05, alpha: 0.02 }).about).toBeNull();
  });

  test("the whole figure is enough, and one fewer is not", () => {
    fc.assert(
      fc.property(standing, level, fc.constantFrom(0.01, 0.02, 0.05), ({ n, wrong }, at, alpha) => {
        const { exactly } = labelsUntilCertified({ n, wrong, level: at, alpha });
        const isCertified = (more: number) => logEOfCounts({ n: n + more, wrong, alpha }) >= -Math.log(at);
        expect(isCertified(exactly)).toBe(true);
        if (exactly > 0) expect(isCertified(exactly - 1)).toBe(false);
      }),
    );
  });

  test("from weighted evidence as it stands it is the same figure", () => {
    const bets = certificateBets(0.05);
    const logw = newWealth();
    addEvidence(logw, bets, { omega: 1, loss: 0, count: 50 });
    addEvidence(logw, bets, { omega: 1, loss: 1 });
    const { exactly } = labelsUntilCertified({ n: 51, wrong: 1, level: 0.05, alpha: 0.05 });
    expect(rightLabelsUntilCertified(logw, bets, 0.05)).toBe(exactly);
    addEvidence(logw, bets, { omega: 0.05, loss: 0, count: 100 });
    expect(rightLabelsUntilCertified(logw, bets, 0.05)).toBeLessThan(exactly);
  });

  test("a level that is none is refused", () => {
    expect(() => labelsUntilCertified({ n: 1, wrong: 0, level: 0, alpha: 0.02 })).toThrow(RangeError);
  });
});

describe("the certified bound", () => {
  test("is the limit at which the evidence just certifies", () => {
    fc.assert(
      fc.property(standing, level, ({ n, wrong }, at) => {
        const bound = certifiedBound({ n, wrong, level: at });
        expect(bound === 1).toBe(n === wrong);
        if (n === wrong) return;
        expect(logEOfCounts({ n, wrong, alpha: bound })).toBeCloseTo(-Math.log(at), 6);
        expect(bound).toBeGreaterThan(wrong / n);
        // Looking at all times costs something over looking once.
        expect(bound).toBeGreaterThanOrEqual(clopperPearsonUpper(wrong, n, 1 - at));
      }),
      { numRuns: 60 },
    );
  });

  test("crosses 2 % exactly where 2 % is certified", () => {
    expect(certifiedBound({ n: 189, wrong: 0, level: 0.05 })).toBeGreaterThan(0.02);
    expect(certifiedBound({ n: 190, wrong: 0, level: 0.05 })).toBeLessThan(0.02);
    expect(certifiedBound({ n: 0, wrong: 0, level: 0.05 })).toBe(1);
  });

  test("of weighted records is the limit their certificate reaches", () => {
    const records = [
      { omega: 1, loss: 0, count: 80 },
      { omega: 0.05, loss: 0, count: 400 },
      { omega: 0.05, loss: 1, count: 2 },
    ];
    const bound = certifiedBoundOf(records, 0.05);
    const logw = newWealth();
    for (const record of records) addEvidence(logw, certificateBets(bound), record);
    expect(logE(logw)).toBeCloseTo(Math.log(20), 6);
    expect(bound).toBeLessThan(certifiedBound({ n: 80, wrong: 0, level: 0.05 }));
  });
});

const design = new URL("autonomy.md", shared);

describe.skipIf(!existsSync(design))(
  "the table of least evidence (skipped when the folder ../shared is absent)",
  () => {
    const kinds = [
      (n: number, wrong: number, alpha: number) => binomialPValue({ n, wrong, alpha }) <= 0.05,
      (n: number, wrong: number, alpha: number) => logEOfCounts({ n, wrong, alpha }) >= Math.log(20),
      (n: number, wrong: number, alpha: number) => logEOfCounts({ n, wrong, alpha }) >= Math.log(20 / 0.05),
    ];

    test("every number of it is enough, and one fewer is not", () => {
      const rows = tableOf(readFileSync(design, "utf8"));
      expect(rows.map(({ cells }) => cells.flat().length)).toEqual([18, 18, 18, 18, 18]);
      for (const { alpha, cells } of rows) {
        cells.forEach((needed, wrong) =>
          needed.forEach((n, kind) => {
            expect([n - 1, n].map((each) => kinds[kind]?.(each, wrong, alpha))).toEqual([false, true]);
          }),
        );
      }
    });
  },
);

/** The rows of section 1.12: a limit, then by number of wrong ones the three figures. */
function tableOf(text: string): { alpha: number; cells: number[][] }[] {
  const [, section = ""] = text.split("### 1.12");
  return section
    .slice(0, section.indexOf("Labels until certified"))
    .split("\n")
    .filter((line) => /^\| [\d.]+% \|/.test(line))
    .map((line) => {
      const [limit = "", , ...cells] = line.replaceAll("*", "").split("|").slice(1, -1);
      return {
        alpha: Number.parseFloat(limit) / 100,
        cells: cells.map((cell) => cell.trim().split("/").map(Number)),
      };
    });
}
