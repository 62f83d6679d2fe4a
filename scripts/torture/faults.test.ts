import { expect, test } from "vitest";
import { faultAt, shares, times } from "./faults";
import { plansOf } from "./plan";
import { randomFor } from "./random.mjs";

test("faults come in their shares", () => {
  const draw = randomFor(1, "faults");
  const counts = new Map<string, number>();
  const draws = 20_000;
  for (let at = 0; at < draws; at++) {
    const fault = faultAt(draw());
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  for (const [fault, share] of Object.entries(shares)) {
    expect((counts.get(fault) ?? 0) / draws).toBeCloseTo(share, 2);
  }
});

test("a look-up that finds nothing is believed only after the latest effect has landed", () => {
  expect(times.timeout + times.settleDelay).toBeGreaterThan(times.latestEffect);
  expect(times.lease).toBeGreaterThanOrEqual(3 * times.timeout);
});

test("a seed makes the same plans again, and another seed makes others", () => {
  expect(plansOf(11, 50)).toEqual(plansOf(11, 50));
  expect(plansOf(99, 50).map(({ system }) => system)).not.toEqual(
    plansOf(11, 50).map(({ system }) => system),
  );
});
