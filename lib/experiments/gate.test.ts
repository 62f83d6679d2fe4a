import { describe, expect, test } from "vitest";
import { gateOf } from "./gate";

describe("the gate before what is tried takes the place of what is", () => {
  test("is passed by a candidate that is never worse on enough items", () => {
    const gate = gateOf({ both: 450, baselineOnly: 0, candidateOnly: 20, neither: 30 }, 0.02);
    expect(gate).toMatchObject({ verdict: "passed", n: 500, difference: -0.04 });
    expect(gate.high).toBeLessThan(0);
  });

  test("is failed by one that is surely worse by more than the margin", () => {
    const gate = gateOf({ both: 400, baselineOnly: 60, candidateOnly: 5, neither: 35 }, 0.02);
    expect(gate.verdict).toBe("failed");
    expect(gate.difference).toBeCloseTo(0.11, 12);
    expect(gate.low).toBeGreaterThan(0.02);
  });

  test("stays open while the items cannot tell", () => {
    expect(gateOf({ both: 20, baselineOnly: 0, candidateOnly: 0, neither: 0 }, 0.02).verdict).toBe(
      "undecided",
    );
    expect(gateOf({ both: 400, baselineOnly: 30, candidateOnly: 20, neither: 50 }, 0.02).verdict).toBe(
      "undecided",
    );
    const none = gateOf({ both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 }, 0.02);
    expect(none).toMatchObject({ verdict: "undecided", difference: null, low: -1, high: 1 });
  });

  test("says how many items it takes at least: one fewer cannot pass, that many can", () => {
    for (const margin of [0.01, 0.02, 0.05, 0.2]) {
      const { needed } = gateOf({ both: 1, baselineOnly: 0, candidateOnly: 0, neither: 0 }, margin);
      const same = (n: number) =>
        gateOf({ both: n, baselineOnly: 0, candidateOnly: 0, neither: 0 }, margin).verdict;
      expect([same(needed - 1), same(needed)]).toEqual(["undecided", "passed"]);
    }
  });

  test("four cases that the baseline got wrong and the candidate gets right pass at any margin on offer, three at none below 20 %", () => {
    const right = (n: number, margin: number) =>
      gateOf({ both: 0, baselineOnly: 0, candidateOnly: n, neither: 0 }, margin).verdict;
    expect([0.02, 0.05, 0.1, 0.2].map((margin) => right(4, margin))).toEqual(Array(4).fill("passed"));
    expect([0.02, 0.05, 0.1].map((margin) => right(3, margin))).toEqual(Array(3).fill("undecided"));
  });

  // Fagerland, Lydersen & Laake 2014, table II, turned so that the candidate's errors are counted.
  test("uses the interval that the literature prints", () => {
    const gate = gateOf({ both: 1, baselineOnly: 1, candidateOnly: 7, neither: 12 }, 0.02);
    expect(gate.low).toBeCloseTo(-0.517, 3);
    expect(gate.high).toBeCloseTo(-0.026, 3);
  });
});
