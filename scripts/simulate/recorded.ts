import { fold, newFold, type Evidence, type Fold } from "@/lib/autonomy/fold";
import { logE } from "@/lib/stats/certificate";
import { countDay } from "./count-day";
import { bins, confidenceOf, isViolated, ratesOf, risksOf, type CurveName } from "./curves";
import { drawDay, newDay, type Control, type Day } from "./day";
import { dateOf, openDesk } from "./desk";
import { randomOf, type Random } from "./random";
import type { SimulatedTerms } from "./terms";

/** A stationary world through the product's own fold, decision by decision: it looks after each of them. */
export type Recorded = {
  kind: "recorded";
  curve: CurveName;
  terms: SimulatedTerms;
  perDay: number;
  days: number;
};

export type RecordedOutcome = {
  violated: number;
  share: number;
  /** 1: an alarm sounded, and the stream ended there. */
  alarmed: number;
  /** The greatest difference of ln E between the fold and the same evidence counted by the day, at any look. */
  difference: number;
  /** Times a threshold's counts differed, its p rose, or was above that of looking once a day: never. */
  disagreed: number;
};

export function runRecorded(job: Recorded, seed: number, index: number): RecordedOutcome {
  const { curve, terms, perDay, days } = job;
  const rates = ratesOf(curve, terms.alpha);
  const risks = risksOf(rates);
  const random = randomOf(seed, `recorded ${curve}`, index);
  const desk = openDesk(terms, perDay);
  const beside = newFold(desk.foldTerms);
  const counting = { terms: desk.foldTerms, weights: "propensity", detectors: "none", random } as const;
  const outcome: RecordedOutcome = { violated: 0, share: 0, alarmed: 0, difference: 0, disagreed: 0 };
  const day = newDay();
  let control: Control = { auto: 0, auditRate: 1 };
  let made = 0;
  for (let at = 0; at < days && outcome.alarmed === 0; at += 1) {
    drawDay(day, control, { random, rates, perDay, sees: "labels" });
    const before = desk.fold.thresholds.map(({ pMin }) => pMin);
    const records = recordsOf(day, control, { at, from: made, random });
    for (const record of records) fold(desk.fold, record, desk.foldTerms);
    made += records.length;
    countDay(beside, day, control, counting);
    compare(outcome, { folded: desk.fold, beside, before });
    const decided = desk.decide({ day: dateOf(at), last: idOf(made) });
    if (decided.steppedDown) outcome.alarmed = 1;
    else if (isViolated(risks, decided.auto, terms.alpha)) outcome.violated = 1;
    outcome.share = decided.auto / bins;
    control = decided;
  }
  return outcome;
}

const idOf = (number: number) => `dec_${String(number).padStart(10, "0")}`;

type Making = { at: number; from: number; random: Random };

/** A day's labels as records, shuffled: within a day decisions come in any order. */
function recordsOf(day: Day, { auto, auditRate }: Control, { at, from, random }: Making): Evidence[] {
  const made: Omit<Evidence, "id">[] = [];
  for (let bin = 0; bin < bins; bin += 1) {
    const common = { day: dateOf(at), score: confidenceOf(bin) };
    const alone = { ...common, ranAlone: true, audited: true, omega: 1, pi: auditRate };
    const ruled = { ...common, ranAlone: false, audited: false, omega: auto === 0 ? 1 : auditRate, pi: 1 };
    for (const [counts, record, loss] of [
      [day.auditedRight, alone, 0],
      [day.auditedWrong, alone, 1],
      [day.right, ruled, 0],
      [day.wrong, ruled, 1],
    ] as const)
      for (let count = counts[bin] ?? 0; count > 0; count -= 1) made.push({ ...record, loss });
  }
  return shuffled(made, random).map((record, index) => ({ ...record, id: idOf(from + index + 1) }));
}

function shuffled<T>(items: T[], random: Random): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

type Compared = { folded: Fold; beside: Fold; before: readonly number[] };

function compare(outcome: RecordedOutcome, { folded, beside, before }: Compared): void {
  folded.thresholds.forEach((row, at) => {
    const counted = beside.thresholds[at];
    if (!counted) return;
    outcome.difference = Math.max(outcome.difference, Math.abs(logE(row.logw) - logE(counted.logw)));
    // Looking after every decision finds at least what looking once a day does, but for rounding.
    const most = Math.min(before[at] ?? 1, counted.pMin * (1 + 1e-9));
    if (row.n !== counted.n || row.wrong !== counted.wrong || row.pMin > most) outcome.disagreed += 1;
  });
}
