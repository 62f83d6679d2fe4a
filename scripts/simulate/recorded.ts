import {
  deploy,
  fold,
  newFold,
  thresholdsOf,
  type Evidence,
  type Fold,
  type FoldTerms,
} from "@/lib/autonomy/fold";
import { certificateBets, logE } from "@/lib/stats/certificate";
import { auditRateFor } from "./audit-rate";
import { foldDay, newEvidence } from "./counted-evidence";
import { bins, confidenceOf, isViolated, ratesOf, risksOf, type CurveName } from "./curves";
import { drawDay, newDay, type Control, type Day } from "./day";
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
  /** The greatest difference between ln E of the fold and of the same evidence counted by the day, at any look. */
  difference: number;
  /** Thresholds whose p is greater than that of looking once a day, or grew: never. */
  risen: number;
};

export function runRecorded(
  { curve, terms, perDay, days }: Recorded,
  seed: number,
  index: number,
): RecordedOutcome {
  const rates = ratesOf(curve, terms.alpha);
  const risks = risksOf(rates);
  const random = randomOf(seed, `recorded ${curve}`, index);
  const folded: FoldTerms = { ...terms, grid: grid() };
  const state = newFold(folded);
  const counted = newEvidence();
  const bets = certificateBets(terms.alpha);
  const outcome: RecordedOutcome = { violated: 0, share: 0, alarmed: 0, difference: 0, risen: 0 };
  const day = newDay();
  let control: Control = { auto: 0, auditRate: 1 };
  let made = 0;
  for (let at = 0; at < days && !state.alarm; at += 1) {
    drawDay(day, control, { random, rates, perDay, sees: "labels" });
    const before = state.thresholds.map(({ pMin }) => pMin);
    made = foldAll(state, evidenceOf(day, control, { at, from: made, random }), folded);
    foldDay(counted, bets, day, control);
    compare(outcome, state, { counted: counted.wealth, p: counted.p, before });
    const rows = thresholdsOf(state, folded);
    const auto = Math.max(control.auto, rows.findLastIndex(({ certified }) => certified) + 1);
    if (isViolated(risks, auto, terms.alpha)) outcome.violated = 1;
    const auditRate = auditRateFor(auto, state.audited, { perDay, ...terms });
    if (auto !== control.auto || auditRate !== control.auditRate) {
      if (auto > 0)
        deploy(state, { after: idOf(made), day: dateOf(at), threshold: confidenceOf(auto - 1), auditRate });
      control = { auto, auditRate };
    }
  }
  outcome.share = control.auto / bins;
  outcome.alarmed = state.alarm ? 1 : 0;
  return outcome;
}

const grid = () => Array.from({ length: bins }, (_, bin) => confidenceOf(bin)).toReversed();
const idOf = (number: number) => `dec_${String(number).padStart(10, "0")}`;
const dateOf = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);

/** Folds records in order, each with the id after the one before; answers the last number given. */
function foldAll(state: Fold, records: readonly Evidence[], terms: FoldTerms): number {
  for (const record of records) fold(state, record, terms);
  return Number(records.at(-1)?.id.slice(4) ?? state.records);
}

type Making = { at: number; from: number; random: Random };

/** A day's labels as records, shuffled: within a day decisions come in any order. */
export function evidenceOf(day: Day, { auto, auditRate }: Control, { at, from, random }: Making): Evidence[] {
  const made: Omit<Evidence, "id">[] = [];
  for (let bin = 0; bin < bins; bin += 1) {
    const common = { day: dateOf(at), score: confidenceOf(bin) };
    const alone = { ...common, ranAlone: true, audited: true, omega: 1 };
    const ruled = { ...common, ranAlone: false, audited: false, omega: auto === 0 ? 1 : auditRate };
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

type Beside = { counted: readonly number[][]; p: readonly number[]; before: readonly number[] };

function compare(outcome: RecordedOutcome, state: Fold, { counted, p, before }: Beside): void {
  state.thresholds.forEach((row, ascending) => {
    const strict = bins - 1 - ascending;
    const difference = Math.abs(logE(row.logw) - logE(counted[strict] ?? []));
    outcome.difference = Math.max(outcome.difference, difference);
    // Looking after every decision finds at least what looking once a day does, but for rounding.
    const most = Math.min(before[ascending] ?? 1, (p[strict] ?? 1) * (1 + 1e-9));
    if (row.pMin > most) outcome.risen += 1;
  });
}
