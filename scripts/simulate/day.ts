import { bins } from "./curves";
import { poisson, type Random } from "./random";

/** One day's decisions by score bin: what reviewers and audits said, and, where asked for, what nobody saw. */
export type Day = {
  /** Ruled on by a person. */
  right: number[];
  wrong: number[];
  /** Ran alone, and was audited. */
  auditedRight: number[];
  auditedWrong: number[];
  /** Ran alone unseen. */
  unseenRight: number[];
  unseenWrong: number[];
};

/** How the day is run: the first `auto` bins alone, at `auditRate`. */
export type Control = { auto: number; auditRate: number };

const none = () => Array.from({ length: bins }, () => 0);

export function newDay(): Day {
  return {
    right: none(),
    wrong: none(),
    auditedRight: none(),
    auditedWrong: none(),
    unseenRight: none(),
    unseenWrong: none(),
  };
}

export type World = {
  random: Random;
  /** True error rate of each bin. */
  rates: readonly number[];
  perDay: number;
  /** What runs alone unseen is drawn too: slower, and no method may look at it. */
  sees: "labels" | "everything";
};

/** Draws a day in place: a Poisson number of decisions in every bin, split by truth and by the audit coin. */
export function drawDay(
  day: Day,
  { auto, auditRate }: Control,
  { random, rates, perDay, sees }: World,
): void {
  const mean = perDay / bins;
  for (let bin = 0; bin < bins; bin += 1) {
    const wrong = mean * (rates[bin] ?? 0);
    const right = mean - wrong;
    const ranAlone = bin < auto;
    day.right[bin] = ranAlone ? 0 : poisson(random, right);
    day.wrong[bin] = ranAlone ? 0 : poisson(random, wrong);
    day.auditedRight[bin] = ranAlone ? poisson(random, right * auditRate) : 0;
    day.auditedWrong[bin] = ranAlone ? poisson(random, wrong * auditRate) : 0;
    const isDrawn = ranAlone && sees === "everything";
    day.unseenRight[bin] = isDrawn ? poisson(random, right * (1 - auditRate)) : 0;
    day.unseenWrong[bin] = isDrawn ? poisson(random, wrong * (1 - auditRate)) : 0;
  }
}

/** The sum of the first `to` bins. */
export function sumTo(counts: readonly number[], to = bins): number {
  let sum = 0;
  for (let bin = 0; bin < to; bin += 1) sum += counts[bin] ?? 0;
  return sum;
}
