import { expect, test } from "vitest";
import { calibrationErrorInterval, type BinSum } from "./calibration-error";
import { seededRandom } from "./seeded-random";

const bins = 15;

/** Labels of a world in which a forecast `p` comes true with probability `truly(p)`; some are worth four. */
function sample(n: number, truly: (p: number) => number, random: () => number): BinSum[] {
  const sums = Array.from({ length: bins }, () => ({ weight: 0, squaredWeight: 0, right: 0, stated: 0 }));
  for (let i = 0; i < n; i += 1) {
    const p = Math.max(random(), random(), random());
    const [y, weight] = [random() < truly(p) ? 1 : 0, random() < 0.5 ? 1 : 4];
    const bin = sums[Math.min(bins - 1, Math.ceil(p * bins) - 1)];
    if (!bin) continue;
    bin.weight += weight;
    bin.squaredWeight += weight * weight;
    bin.right += weight * y;
    bin.stated += weight * p;
  }
  return sums;
}

/** The error over the bins if every forecast were seen: forecasts are the largest of three uniform numbers. */
function trueError(truly: (p: number) => number): number {
  const steps = 30_000;
  const gaps = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < steps; i += 1) {
    const p = (i + 0.5) / steps;
    const at = Math.min(bins - 1, Math.ceil(p * bins) - 1);
    gaps[at] = (gaps[at] ?? 0) + ((truly(p) - p) * 3 * p * p) / steps;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
}

const worlds = [
  ["calibrated", (p: number) => p],
  ["too sure by ten points", (p: number) => Math.max(0, p - 0.1)],
  ["too sure above, too shy below", (p: number) => p + (0.7 - p) * 0.4],
] as const;

test.each(worlds.flatMap(([name, truly]) => [40, 300, 3000].map((n) => [name, n, truly] as const)))(
  "%s, %i labels: the interval holds the true error at least nineteen times in twenty",
  (_, n, truly) => {
    const random = seededRandom(n);
    const truth = trueError(truly);
    const rounds = 200;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      const interval = calibrationErrorInterval(sample(n, truly, random));
      if (interval && interval.lower <= truth && truth <= interval.upper) held += 1;
    }
    // One and a half standard errors of 200 rounds below 0.95.
    expect(held / rounds).toBeGreaterThan(0.927);
  },
);

test("what is far from what it states is told from what is not, and nothing has no interval", () => {
  const random = seededRandom(5);
  const found = calibrationErrorInterval(sample(2000, (p) => Math.max(0, p - 0.2), random));
  expect(found?.lower).toBeGreaterThan(0.1);
  expect(calibrationErrorInterval(sample(2000, (p) => p, random))?.lower).toBe(0);
  expect(calibrationErrorInterval([])).toBeNull();
});

test("one label, and a bin of which all are right, have an interval within 0 and 1 around the error", () => {
  for (const right of [0, 1]) {
    const interval = calibrationErrorInterval([{ weight: 1, squaredWeight: 1, right, stated: 0.7 }]);
    expect(interval?.lower).toBeLessThanOrEqual(Math.abs(right - 0.7));
    expect(interval?.upper).toBeGreaterThanOrEqual(Math.abs(right - 0.7));
    expect(interval?.upper).toBeLessThanOrEqual(1);
  }
});
