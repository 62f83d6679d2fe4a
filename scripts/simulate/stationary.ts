import { bins, isViolated, ratesOf, risksOf, type CurveName } from "./curves";
import { drawDay, newDay, type Control } from "./day";
import { certificateMethod, clopperPearsonMethod, plugInMethod, type Method } from "./methods";
import { randomOf } from "./random";
import type { Mutation, SimulatedTerms } from "./terms";

/** A world that stands still, looked at once a day. */
export type Stationary = {
  kind: "stationary";
  curve: CurveName;
  terms: SimulatedTerms;
  perDay: number;
  days: number;
  method: "certificate" | "plug_in" | "clopper_pearson";
  mutation: Mutation;
};

export type StationaryOutcome = {
  /** 1: on at least one day more ran alone than keeps the promise. */
  violated: number;
  /** Share that runs alone after the last day. */
  share: number;
  /** First day after which something ran alone; 0 if never. */
  firstDay: number;
};

export function runStationary(job: Stationary, seed: number, index: number): StationaryOutcome {
  const { curve, terms, perDay, days } = job;
  const rates = ratesOf(curve, terms.alpha);
  const risks = risksOf(rates);
  const random = randomOf(seed, `${curve} ${perDay}`, index);
  const method = methodOf(job, seed, index);
  const day = newDay();
  let control: Control = { auto: 0, auditRate: 1 };
  let [violated, firstDay] = [0, 0];
  for (let at = 1; at <= days; at += 1) {
    drawDay(day, control, { random, rates, perDay, sees: "labels" });
    control = method(day, control);
    if (isViolated(risks, control.auto, terms.alpha)) violated = 1;
    if (control.auto > 0 && firstDay === 0) firstDay = at;
  }
  return { violated, share: control.auto / bins, firstDay };
}

function methodOf(
  { method, terms, perDay, curve, mutation }: Stationary,
  seed: number,
  index: number,
): Method {
  if (method === "plug_in") return plugInMethod(terms, perDay);
  if (method === "clopper_pearson") return clopperPearsonMethod(terms, perDay);
  const random = randomOf(seed, `${curve} ${perDay} order`, index);
  return certificateMethod({ terms, perDay, detectors: "both", mutation, random });
}
