import { ratesOf } from "./curves";
import { drawDay, newDay, sumTo, type Control } from "./day";
import { certificateMethod } from "./methods";
import { randomOf } from "./random";
import type { Detectors, Mutation, SimulatedTerms } from "./terms";
import { ratesAfter, type Drift } from "./worlds";

/** CAL for `driftDay` days, then a drift up to the last day. */
export type Drifting = {
  kind: "drift";
  drift: Drift;
  terms: SimulatedTerms;
  perDay: number;
  driftDay: number;
  days: number;
  detectors: Detectors;
  mutation: Mutation;
};

export type DriftOutcome = {
  /** 1: an alarm before the drift began. */
  falseAlarm: number;
  /** 1: something ran alone as the drift began, so that it had to be stepped down. */
  exposed: number;
  /** Days from the drift to the step-down; -1: none up to the end. */
  delay: number;
  /** Wrong automatic executions from the drift to the step-down, or to the end. */
  wrong: number;
  /** The same in as many days of the same stream's world had nothing drifted: what is expected of it. */
  wrongAnyway: number;
  executedAfter: number;
  wrongAfter: number;
};

export function runDrift(job: Drifting, seed: number, index: number): DriftOutcome {
  const { terms, perDay, driftDay, days, drift } = job;
  const base = ratesOf("CAL", terms.alpha);
  const random = randomOf(seed, `drift ${perDay}`, index);
  const order = randomOf(seed, `drift ${perDay} order`, index);
  const { detectors, mutation } = job;
  const method = certificateMethod({ terms, perDay, detectors, mutation, random: order });
  const outcome: DriftOutcome = {
    falseAlarm: 0,
    exposed: 0,
    delay: -1,
    wrong: 0,
    wrongAnyway: 0,
    executedAfter: 0,
    wrongAfter: 0,
  };
  const day = newDay();
  let control: Control = { auto: 0, auditRate: 1 };
  for (let at = 1; at <= days; at += 1) {
    const since = at - driftDay - 1;
    if (since === 0) outcome.exposed = control.auto > 0 ? 1 : 0;
    drawDay(day, control, { random, rates: ratesAfter(base, drift, since), perDay, sees: "everything" });
    if (since >= 0) countAfter(outcome, { wrong: wrongOf(day), right: rightOf(day), base, control, perDay });
    const decided = method(day, control);
    if (decided.steppedDown) noteStepDown(outcome, since);
    control = decided;
  }
  return outcome;
}

function noteStepDown(outcome: DriftOutcome, since: number): void {
  if (since < 0) outcome.falseAlarm = 1;
  else if (outcome.exposed && outcome.delay < 0) outcome.delay = since + 1;
}

type Counts = { wrong: number; right: number; base: readonly number[]; control: Control; perDay: number };

function countAfter(outcome: DriftOutcome, { wrong, right, base, control, perDay }: Counts): void {
  outcome.executedAfter += wrong + right;
  outcome.wrongAfter += wrong;
  if (!outcome.exposed || outcome.delay >= 0) return;
  outcome.wrong += wrong;
  outcome.wrongAnyway += (sumTo(base, control.auto) * perDay) / base.length;
}

const wrongOf = (day: ReturnType<typeof newDay>) => sumTo(day.auditedWrong) + sumTo(day.unseenWrong);
const rightOf = (day: ReturnType<typeof newDay>) => sumTo(day.auditedRight) + sumTo(day.unseenRight);
