import {
  atLeast,
  meanOf,
  noMoreThan,
  quantileOf,
  sumOf,
  text,
  type Criterion,
  type Planned,
  type Section,
} from "./criterion";
import type { DriftOutcome, Drifting } from "./drift";
import type { Outcome } from "./jobs";
import { promise, type Plan } from "./plan";
import type { Detectors } from "./terms";
import { drifts, type Drift } from "./worlds";

const driftDay = 120;
const days = 240;
const watching: readonly Detectors[] = ["none", "audit", "both"];
const driftWords: Record<Drift, string> = {
  none: "none",
  x2: "twice as many wrong",
  x4: "four times as many wrong",
  plus_5: "5 points more wrong everywhere",
  gradual_x4: "four times, over 60 days",
  top_30_plus_10: "10 points more wrong in the surest 30 %",
};

/** CAL for 120 days, then a drift: how soon it is stepped down, and at what cost. */
export function driftSection({ drifting: streams, isFull, mutation }: Plan): Section {
  const volumes = isFull ? [400, 2000] : [400];
  const kinds = isFull ? drifts : (["none", "x4"] as const);
  const shown = volumes.flatMap((perDay) => kinds.map((drift) => ({ perDay, drift })));
  const jobs: Planned[] = shown.flatMap(({ perDay, drift }) =>
    watching.map((detectors) => {
      const job: Drifting = {
        kind: "drift",
        drift,
        terms: promise,
        perDay,
        driftDay,
        days,
        detectors,
        mutation,
      };
      return { name: nameOf(perDay, drift, detectors), job, streams };
    }),
  );
  return {
    title: "Drift",
    about: `${streams} streams each: CAL for ${driftDay} days, then a drift for as long; 15 audits a day at least. *detected*: of the streams where something ran alone. *days*: to the step-down, median and 90th percentile. *wrong*: automatic executions that were, from the drift to the step-down, on average; *more*: than would have been without drift. *after*: share wrong of everything that ran alone after the drift began.`,
    jobs,
    judge: (outcomes) => {
      const both = read(outcomes(nameOf(400, "x4", "both")));
      const audit = read(outcomes(nameOf(400, "x4", "audit")));
      return [
        ...volumes.flatMap((perDay) => falseAlarms(perDay, outcomes(nameOf(perDay, "none", "both")))),
        atLeast("Fourfold drift: share detected", both.detected, 0.95),
        noMoreThan("Fourfold drift: days to the step-down, 90th percentile", both.late, 3),
        noMoreThan("Fourfold drift: wrong executions more than without drift, mean", both.more, 20),
        atLeast("Fourfold drift, audits alone: share detected", audit.detected, 0.95),
        noMoreThan("Fourfold drift, audits alone: days to the step-down, 90th percentile", audit.late, 45),
      ];
    },
    table: (outcomes) => [
      ["a day", "drift", "watch", "detected", "days", "wrong", "more", "after", "false alarm before"],
      ...shown.flatMap(({ perDay, drift }) =>
        watching.map((detectors) => {
          const all = outcomes(nameOf(perDay, drift, detectors));
          const { detected, middle, late, wrong, more, after } = read(all);
          const delay = detected > 0 ? `${text(middle)} / ${text(late)}` : "";
          const cells = [text(detected), delay, wrong.toFixed(1), more.toFixed(1), after.toFixed(4)];
          return [String(perDay), driftWords[drift], detectors, ...cells, text(meanOf(all, "falseAlarm"))];
        }),
      ),
    ],
  };
}

const nameOf = (perDay: number, drift: Drift, detectors: Detectors) => `${perDay} ${drift} ${detectors}`;

function falseAlarms(perDay: number, all: readonly Outcome[]): Criterion {
  return noMoreThan(
    `${perDay} a day: share with a false alarm in ${driftDay} days`,
    meanOf(all, "falseAlarm"),
    0.1,
  );
}

function read(all: readonly Outcome[]) {
  const key = (name: keyof DriftOutcome) => name;
  const exposed = all.filter((outcome) => outcome[key("exposed")] === 1);
  const delays = exposed.map((outcome) => {
    const delay = outcome[key("delay")] ?? -1;
    return delay < 0 ? Infinity : delay;
  });
  const wrong = meanOf(exposed, key("wrong"));
  return {
    detected: delays.filter(Number.isFinite).length / (exposed.length || 1),
    middle: quantileOf(delays, 0.5),
    late: quantileOf(delays, 0.9),
    wrong,
    more: wrong - meanOf(exposed, key("wrongAnyway")),
    after: sumOf(all, key("wrongAfter")) / (sumOf(all, key("executedAfter")) || 1),
  };
}
