import { auditRateFor } from "./audit-rate";
import { bins, isViolated, ratesOf, risksOf, type CurveName } from "./curves";
import { drawDay, newDay, sumTo, type Control } from "./day";
import {
  certificateMethod,
  clopperPearsonMethod,
  plugInMethod,
  type CertificateRules,
  type Method,
} from "./methods";
import { randomOf, type Random } from "./random";
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
  const method = methodOf(job, randomOf(seed, `${curve} ${perDay} order`, index));
  const day = newDay();
  let control: Control = { auto: 0, auditRate: 1 };
  let [audited, violated, firstDay] = [0, 0, 0];
  for (let at = 1; at <= days; at += 1) {
    drawDay(day, control, { random, rates, perDay, sees: "labels" });
    audited += sumTo(day.auditedRight) + sumTo(day.auditedWrong);
    const { auto, alarm } = method(day, control);
    if (alarm) audited = 0;
    if (isViolated(risks, auto, terms.alpha)) violated = 1;
    if (auto > 0 && firstDay === 0) firstDay = at;
    control = { auto, auditRate: auditRateFor(auto, audited, { perDay, ...terms }) };
  }
  return { violated, share: control.auto / bins, firstDay };
}

function methodOf({ method, terms, mutation }: Stationary, random: Random): Method {
  if (method === "plug_in") return plugInMethod(terms);
  if (method === "clopper_pearson" || mutation === "clopper_pearson") return clopperPearsonMethod(terms);
  return certificateMethod(terms, rulesOf(mutation), random);
}

/** The product's rules, or what a mutation makes of them. */
export function rulesOf(mutation: Mutation): CertificateRules {
  return {
    correction: mutation === "no_correction" ? "none" : "fallback",
    weights: mutation === "no_weights" ? "none" : "propensity",
    detectors: mutation === "no_alarm" ? "none" : "both",
  };
}
