import { expect, test } from "vitest";
import { bandsOf } from "./flow-bands";

const flow = [
  { was: "execute", would: "execute", count: 500 },
  { was: "execute", would: "review", count: 1 },
  { was: "review", would: "execute", count: 300 },
  { was: "review", would: "review", count: 190 },
  { was: "decline", would: "decline", count: 9 },
] as const;

test("every decision is as high on the left as on the right, and bars hold what flows", () => {
  const { was, would, ribbons } = bandsOf([...flow]);
  const high = (bands: { from: number; to: number }[]) =>
    bands.reduce((sum, { from, to }) => sum + to - from, 0);
  expect(high(was)).toBeCloseTo(high(would), 9);
  expect(ribbons.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(high(was), 9);
  for (const { route, from, to } of would) {
    const own = ribbons.filter((ribbon) => ribbon.would === route);
    expect(Math.min(...own.map(({ right }) => right))).toBeCloseTo(from, 9);
    expect(Math.max(...own.map(({ right, height }) => right + height))).toBeCloseTo(to, 9);
  }
  expect(would.at(-1)?.to).toBeLessThanOrEqual(100 + 1e-9);
});

test("words never touch, however thin their bars", () => {
  for (const side of [bandsOf([...flow]).was, bandsOf([...flow]).would]) {
    side
      .slice(1)
      .forEach(({ label }, at) => expect(label - (side[at]?.label ?? 0)).toBeGreaterThanOrEqual(18 - 1e-9));
    expect(side.at(-1)?.label).toBeLessThanOrEqual(91 + 1e-9);
  }
});
