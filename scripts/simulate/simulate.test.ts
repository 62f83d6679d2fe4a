import { expect, test } from "vitest";
import type { Criterion, Section } from "./criterion";
import { runStream, type Job } from "./jobs";
import { promise, quickPlan, type Plan } from "./plan";
import { runRecorded } from "./recorded";
import { boundarySection } from "./section-boundary";
import { driftSection } from "./section-drift";
import { labelsSection } from "./section-labels";
import { stationarySection } from "./section-stationary";
import { runSection, verdictOf, type RunJob } from "./simulate";
import type { Mutation } from "./terms";

const seed = 5;
/** Seconds on an idle machine; a busy one takes longer. */
const timeout = 120_000;
const here: RunJob = (job, start, streams) =>
  Promise.resolve(Array.from({ length: streams }, (_, index) => runStream(job, start, index)));

async function judged(
  section: (plan: Plan) => Section,
  streams: number,
  mutation: Mutation,
): Promise<Criterion[]> {
  return (await runSection(section({ ...quickPlan, streams, drifting: streams, mutation }), seed, here))
    .criteria;
}

const constant = (plan: Plan) => stationarySection(plan, ["CONST"]);

test.each<[string, (plan: Plan) => Section, number]>([
  ["a world where every certificate is false", constant, 60],
  ["late labels, reviewers who miss things, and the account", labelsSection, 40],
  ["drift", driftSection, 30],
])("%s: everything that must hold does", { timeout }, async (_, section, streams) => {
  const verdict = verdictOf(await judged(section, streams, "none"));
  expect(verdict.line).toMatch(/criteria kept$/);
  expect(verdict.isKept).toBe(true);
});

test.each<[Mutation, (plan: Plan) => Section, number, RegExp]>([
  ["clopper_pearson", constant, 40, /CONST: the promise is ever broken/],
  ["clopper_pearson", boundarySection, 20, /certified, exactly/],
  ["no_weights", (plan) => stationarySection(plan, ["UNDER3"]), 20, /UNDER3: share that runs alone/],
  ["no_correction", constant, 150, /CONST: the promise is ever broken/],
  ["no_gold", labelsSection, 20, /catch 50 % of what is wrong, corrected/],
  ["as_they_arrive", labelsSection, 20, /folded in order/],
  ["no_alarm", driftSection, 10, /share detected/],
])("without it (%s) the verdict fails", { timeout }, async (mutation, section, streams, promised) => {
  const verdict = verdictOf(await judged(section, streams, mutation));
  expect(verdict.isKept).toBe(false);
  expect(verdict.line).toMatch(promised);
});

test("counted by the day, the evidence is what the product's fold makes of it one by one", () => {
  const outcome = runRecorded(
    { kind: "recorded", curve: "CAL", terms: promise, perDay: 100, days: 25 },
    seed,
    0,
  );
  expect(outcome.share).toBeGreaterThan(0);
  expect(outcome.difference).toBeLessThan(1e-11);
  expect(outcome.disagreed).toBe(0);
});

test("a stream is the same whenever it runs, and another for another seed or index", () => {
  const job: Job = {
    kind: "drift",
    drift: "x4",
    terms: promise,
    perDay: 400,
    driftDay: 40,
    days: 50,
    detectors: "both",
    mutation: "none",
  };
  expect(runStream(job, seed, 3)).toEqual(runStream(job, seed, 3));
  expect(runStream(job, seed, 4)).not.toEqual(runStream(job, seed, 3));
  expect(runStream(job, seed + 1, 3)).not.toEqual(runStream(job, seed, 3));
});
