import { expect, test } from "vitest";
import { compareTerms, defaultTerms, wireKeyOf, wireOf, withAsked } from "./terms";

test("terms come back from the wire as they went", () => {
  expect(withAsked(defaultTerms, wireOf({ ...defaultTerms, alpha: 0.01, ramp: [1] }), null)).toEqual({
    ...defaultTerms,
    alpha: 0.01,
    ramp: [1],
  });
});

test("a limit on cost is alpha as a share of the cap, and goes with its band", () => {
  const costly = withAsked(defaultTerms, { cost: { budget: 50 } }, 5000);
  expect(costly).toMatchObject({ alpha: 0.01, cost: { budget: 50, cap: 5000 } });
  expect(withAsked(costly, { delta: 0.1 }, 5000)).toMatchObject({ alpha: 0.01, delta: 0.1 });
  expect(withAsked(costly, { cost: null, alpha: 0.02 }, 5000)).toMatchObject({ alpha: 0.02, cost: null });
});

test.each([
  ["a smaller error", { alpha: 0.01 }, [], true],
  ["a larger error", { alpha: 0.03 }, ["alpha"], true],
  ["more certainty", { delta: 0.01 }, [], true],
  ["less certainty", { delta: 0.1 }, ["delta"], true],
  ["a promise for several together", { family: 5 }, [], true],
  ["more audits", { auditFloor: 30 }, [], false],
  ["fewer audits", { auditFloor: 5 }, ["auditFloor"], false],
  ["a longer wait for labels", { labelHours: 100 }, ["labelHours"], true],
  ["an alarm that sounds less often", { alarmRunLength: 9000 }, ["alarmRunLength"], false],
  ["expanding by itself", { expands: "by_itself" as const }, ["expands"], false],
  ["a slower ramp", { ramp: [0.05, 0.5, 1] }, [], false],
  ["a longer ramp", { ramp: [0.1, 0.2, 0.5, 1] }, [], false],
  ["a shorter ramp", { ramp: [0.1, 1] }, ["ramp"], false],
  ["no ramp", { ramp: [1] }, ["ramp"], false],
  ["correcting for reviewers", { goldCorrection: true }, [], true],
  ["another unit of loss", { cost: { budget: 1, cap: 100 }, alpha: 0.01 }, ["cost"], true],
])("%s: what is looser, and whether evidence starts anew", (_what, part, looser, beginsEpoch) => {
  const change = compareTerms(defaultTerms, { ...defaultTerms, ...part });
  expect(change.looser).toEqual(looser);
  expect(change.beginsEpoch).toBe(beginsEpoch);
  expect(change.changed.length).toBeGreaterThan(0);
});

test("what is the same changes nothing", () => {
  expect(compareTerms(defaultTerms, { ...defaultTerms })).toEqual({
    looser: [],
    changed: [],
    beginsEpoch: false,
  });
  expect(wireKeyOf("alarmRunLength")).toBe("alarm_run_length");
});
