import { describe, expect, test } from "vitest";
import { compareModels, type Compared } from "./compare";

const rows = (n: number, wrong: Pick<Compared, "baselineWrong" | "candidateWrong">, from = 0): Compared[] =>
  Array.from({ length: n }, (_, index) => ({ group: `g${from + index}`, weight: 1, ...wrong }));
const table = [
  ...rows(4, { baselineWrong: true, candidateWrong: true }),
  ...rows(20, { baselineWrong: true, candidateWrong: false }, 100),
  ...rows(5, { baselineWrong: false, candidateWrong: true }, 200),
  ...rows(171, { baselineWrong: false, candidateWrong: false }, 300),
];

describe("two models on the same rows", () => {
  test("the paired difference has Agresti and Min's interval, worked by hand", () => {
    const result = compareModels(table);
    // n+2 = 202, cells 20.5 and 5.5: centre 15/202, variance (26 - 15²/202) / 202².
    const [centre, reach] = [15 / 202, 1.959963984540054 * (Math.sqrt(26 - 225 / 202) / 202)];
    expect(result).toMatchObject({ n: 200, groups: 200, verdict: "better" });
    expect(result?.difference.value).toBeCloseTo(0.075, 12);
    expect(result?.difference.low).toBeCloseTo(centre - reach, 10);
    expect(result?.difference.high).toBeCloseTo(centre + reach, 10);
    expect(result?.baseline.value).toBeCloseTo(24 / 200, 12);
    expect(result?.candidate.value).toBeCloseTo(9 / 200, 12);
  });

  test("copies of the same rows do not make it surer", () => {
    const once = compareModels(table);
    const copied = compareModels([...table, ...table]);
    const width = (of: typeof once) => (of?.difference.high ?? 0) - (of?.difference.low ?? 0);
    expect(copied?.groups).toBe(200);
    expect(width(copied)).toBeGreaterThan(0.97 * width(once));
  });

  test("a label drawn with propensity 0.1 counts for ten", () => {
    const drawn = rows(1, { baselineWrong: true, candidateWrong: false }).map((row) => ({
      ...row,
      weight: 10,
    }));
    const result = compareModels([
      ...drawn,
      ...rows(10, { baselineWrong: false, candidateWrong: false }, 50),
    ]);
    expect(result?.baseline.value).toBeCloseTo(0.5, 12);
    expect(result?.difference.value).toBeCloseTo(0.5, 12);
  });

  test("no difference is no verdict, and no rows is no figure", () => {
    expect(compareModels(rows(50, { baselineWrong: false, candidateWrong: false }))?.verdict).toBe("unclear");
    expect(compareModels([])).toBeNull();
  });
});
