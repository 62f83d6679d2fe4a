import { expect, test } from "vitest";
import { hajek } from "@/lib/stats/horvitz-thompson";
import { addToSum, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import { weightedShare } from "./figure";

// A small seeded generator (mulberry32): the same draws in every run.
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Rates = readonly [early: number, late: number];

/** 2,000 decisions that ran alone: the error rose from 2 % to 12 % while the audit rate changed, and some never ran. */
function aWorld(random: () => number, [early, then]: Rates) {
  return Array.from({ length: 2000 }, (_, at) => {
    const late = at >= 1000;
    const wrong = random() < (late ? 0.12 : 0.02);
    // The target refuses wrong actions more often: whether it ran depends on the error, never on the draw.
    const ran = random() >= (wrong ? 0.4 : 0.05);
    return { wrong, ran, pi: late ? then : early };
  });
}

/** Draws the audits again and again over one world. */
function manyDraws(rates: Rates, rounds: number) {
  const random = generator(42);
  const world = aWorld(random, rates);
  const ran = world.filter((one) => one.ran);
  const truth = ran.filter(({ wrong }) => wrong).length / ran.length;
  const means = { weighted: 0, plain: 0, covered: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const audited = world.filter(({ pi }) => random() < pi).filter((one) => one.ran);
    const figure = weightedShare(sumOf(audited, "wrong"), sumOf(audited, "right"), saying);
    const same = hajek(audited.map(({ wrong, pi }) => ({ value: wrong ? 1 : 0, propensity: pi })));
    expect(figure.value).toBeCloseTo(same ?? -1, 9);
    means.weighted += (figure.value ?? 0) / rounds;
    means.plain += audited.filter(({ wrong }) => wrong).length / audited.length / rounds;
    if ((figure.lower ?? 1) <= truth && truth <= (figure.upper ?? 0)) means.covered += 1 / rounds;
  }
  return { truth, ...means };
}

const saying = { population: "", weighting: "", rows: {} };

function sumOf(audited: readonly { wrong: boolean; pi: number }[], which: "wrong" | "right"): WeightedSum {
  return audited
    .filter(({ wrong }) => wrong === (which === "wrong"))
    .reduce((sum, { pi }) => addToSum(sum, 1 / pi), emptySum);
}

test("over many draws the weighted error of what ran alone is unbiased, the unweighted one is not", () => {
  const { truth, weighted, plain } = manyDraws([0.5, 0.05], 3000);
  // The mean of 3,000 draws has a standard error of about 0.0005 here.
  expect(Math.abs(weighted - truth)).toBeLessThan(0.002);
  expect(plain).toBeLessThan(truth - 0.02);
});

test("with one audit rate the 95 % interval holds the truth in 95 % of the draws", () => {
  const { covered } = manyDraws([0.1, 0.1], 3000);
  expect(covered).toBeGreaterThan(0.94);
});
