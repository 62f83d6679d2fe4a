import { expect, test } from "vitest";
import { horvitzThompson } from "@/lib/stats/horvitz-thompson";
import { seededRandom } from "@/lib/stats/seeded-random";
import { combinedChance } from "./chances";

type One = { wrong: number; routing: number; rate: number };

/** 1,500 decisions that ran alone; unsure ones are wrong more often, and the plan draws more of those. */
function aWorld(random: () => number): One[] {
  return Array.from({ length: 1500 }, () => {
    const unsure = random() < 0.3;
    const wrong = random() < (unsure ? 0.15 : 0.02) ? 1 : 0;
    return { wrong, routing: random() < 0.5 ? 0.05 : 0.2, rate: unsure ? 0.4 : 0.08 };
  });
}

/** The mean estimate over many worlds of draws, with each sampled decision weighted by one over `piOf`. */
function meanEstimate(piOf: (one: One, byRouting: boolean) => number) {
  const random = seededRandom(11);
  const world = aWorld(random);
  const truth = world.reduce((sum, { wrong }) => sum + wrong, 0) / world.length;
  const rounds = 2000;
  let mean = 0;
  for (let round = 0; round < rounds; round += 1) {
    const sample = world.flatMap((one) => {
      const byRouting = random() < one.routing;
      // A decision already audited is not drawn twice; its coin falls all the same.
      const byPlan = random() < one.rate;
      return byRouting || byPlan ? [{ value: one.wrong, propensity: piOf(one, byRouting) }] : [];
    });
    mean += horvitzThompson(sample, world.length) / rounds;
  }
  return { truth, mean };
}

test("Horvitz-Thompson over routing's audits and the plan's is unbiased with the combined probability", () => {
  const { truth, mean } = meanEstimate(({ routing, rate }) => combinedChance(routing, rate));
  // The mean of 2,000 draws has a standard error of about 0.0002 here.
  expect(Math.abs(mean - truth)).toBeLessThan(0.001);
});

test("leaving each audit the probability of the draw that opened it would count too much", () => {
  const { truth, mean } = meanEstimate(({ routing, rate }, byRouting) => (byRouting ? routing : rate));
  expect(mean).toBeGreaterThan(truth * 1.5);
});
