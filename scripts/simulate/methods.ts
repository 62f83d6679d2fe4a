import { auditRateOf } from "@/lib/autonomy/audit-rate";
import { defaultTerms } from "@/lib/autonomy/terms";
import { countDay, type Counting } from "./count-day";
import { bins } from "./curves";
import { sumTo, type Control, type Day } from "./day";
import { dateOf, Desk, openDesk, type Decided } from "./desk";
import { leastNeeded } from "./exact-bound";
import type { Random } from "./random";
import type { Detectors, Mutation, SimulatedTerms } from "./terms";

/** How one decides, once a day, what may run alone from tomorrow; it sees labels only. */
export type Method = (day: Day, control: Control) => Decided;

type Rules = {
  terms: SimulatedTerms;
  perDay: number;
  detectors: Detectors;
  mutation: Mutation;
  random: Random;
};

/** The product's method, or what a mutation makes of it. */
export function certificateMethod({ terms, perDay, detectors, mutation, random }: Rules): Method {
  if (mutation === "clopper_pearson") return clopperPearsonMethod(terms, perDay);
  const opened = openDesk(terms, perDay);
  const { foldTerms } = opened;
  // Twenty times delta, shared out over twenty thresholds, is no correction.
  const delta = mutation === "no_correction" ? Math.min(0.999, foldTerms.delta * bins) : foldTerms.delta;
  const desk = new Desk(opened.terms, { ...foldTerms, delta }, perDay);
  const counting: Counting = {
    terms: desk.foldTerms,
    weights: mutation === "no_weights" ? "none" : "propensity",
    detectors: mutation === "no_alarm" ? "none" : detectors,
    random,
  };
  let at = -1;
  return (day, control) => {
    countDay(desk.fold, day, control, counting);
    return desk.decide({ day: dateOf((at += 1)), last: "" });
  };
}

/** What one must not do: the most permissive threshold whose labels, all alike, show no more than alpha wrong. */
export function plugInMethod(terms: SimulatedTerms, perDay: number): Method {
  return pooledMethod(terms, perDay, (n, wrong) => wrong <= terms.alpha * n);
}

/** Nor this: the exact interval of today's pooled labels, every day anew and at every threshold. */
export function clopperPearsonMethod(terms: SimulatedTerms, perDay: number): Method {
  const least = leastNeeded(terms.alpha, terms.delta);
  return pooledMethod(terms, perDay, (n, wrong) => n >= least(wrong));
}

function pooledMethod(
  asked: SimulatedTerms,
  perDay: number,
  isGood: (n: number, wrong: number) => boolean,
): Method {
  const right = Array.from({ length: bins }, () => 0);
  const wrong = Array.from({ length: bins }, () => 0);
  const terms = { ...defaultTerms, ...asked };
  let audited = 0;
  return (day) => {
    let [n, errors, auto] = [0, 0, 0];
    for (let bin = 0; bin < bins; bin += 1) {
      right[bin] = (right[bin] ?? 0) + (day.right[bin] ?? 0) + (day.auditedRight[bin] ?? 0);
      wrong[bin] = (wrong[bin] ?? 0) + (day.wrong[bin] ?? 0) + (day.auditedWrong[bin] ?? 0);
      errors += wrong[bin] ?? 0;
      n += (right[bin] ?? 0) + (wrong[bin] ?? 0);
      if (n > 0 && isGood(n, errors)) auto = bin + 1;
    }
    audited += sumTo(day.auditedRight) + sumTo(day.auditedWrong);
    const autosPerDay = (perDay * auto) / bins;
    const auditRate = auto === 0 ? 1 : auditRateOf(terms, { audited, autosPerDay, drifted: false });
    return { auto, auditRate, steppedDown: null };
  };
}
