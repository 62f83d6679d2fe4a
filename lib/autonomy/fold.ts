import { addEvidence, certificateBets, logE, newWealth, pValueOf, type Bets } from "@/lib/stats/certificate";
import { fallback } from "@/lib/stats/fallback";
import { detectorSum, newDetector, updateDetector } from "@/lib/stats/shiryaev-roberts";
import { baselineRate, newStream, streamSum, updateStream } from "@/lib/stats/stream-detector";
import { addToSum, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";

/** One decision of a certification period, as it counts. Given in the order of decisions. */
export type Evidence = {
  id: string;
  /** UTC date of its making, `YYYY-MM-DD`. */
  day: string;
  /** The app's own confidence. */
  score: number;
  ranAlone: boolean;
  /** Ran alone and was drawn. What ran alone undrawn is only counted: its score and loss are not looked at. */
  audited: boolean;
  /** Reference propensity over its own, in (0, 1] (autonomy.md §1.2). */
  omega: number;
  /** The chance its label had, in (0, 1]: errors are shown weighted by one over it (autonomy.md §1.5). */
  pi: number;
  /** 0 to 1; 1 is wrong. */
  loss: number;
  /** No label came in time, so it counts as wrong until one does. */
  expired?: boolean;
};

/** `alpha` and `delta` as certified: already corrected for reviewers' sensitivity, and shared out over the family. */
export type FoldTerms = {
  alpha: number;
  delta: number;
  /** Thresholds, ascending and distinct. */
  grid: readonly number[];
  alarmRunLength: number;
};

/** From the decision after `after` on, what reaches `threshold` may run alone, and `auditRate` of it is audited. */
export type Deployment = { after: string; day: string; threshold: number; auditRate: number };

export type Alarm = { kind: "audit_alarm" | "reviewed_stream_alarm"; at: string };

/** What ran alone in a calendar month, for the bound on how much of it was wrong. */
export type Account = {
  /** `YYYY-MM`. */
  month: string;
  autos: number;
  audited: number;
  /** Audited and wrong, weighted by loss. */
  wrong: number;
  /** The smallest audit rate that was in force; 1 before anything ran alone. */
  piMin: number;
};

/** What was right and what was wrong at or above a threshold, each by one over the chance of its label. */
export type Weights = { right: WeightedSum; wrong: WeightedSum };

/** A pure function of the deployments and the records given so far, in order. JSON with {@link foldToJson}. */
export type Fold = {
  deployments: Deployment[];
  /** Ascending, as the grid. */
  thresholds: { logw: number[]; n: number; wrong: number; pMin: number; weights: Weights }[];
  records: number;
  /** Of these, counted as wrong because no label came in time. */
  expired: number;
  audited: number;
  auditedWrong: number;
  /** Five statistics over audits of what ran alone. */
  detector: number[];
  /** Three statistics over days of what people rule on, once something is deployed. */
  stream: number[];
  /** The day that is not closed yet. */
  today: { day: string; overrides: number; expected: number } | null;
  /** Errors of each score bin while people ruled on everything: below the grid, then one a threshold. */
  baseline: { n: number; wrong: number }[];
  account: Account[];
  /** The first crossing; it stays. */
  alarm: Alarm | null;
};

/** Days between two false alarms of the reviewed stream (autonomy.md §1.8). */
export const streamRunLength = 2000;

export function newFold(terms: FoldTerms, deployments: readonly Deployment[] = []): Fold {
  return {
    deployments: [...deployments],
    thresholds: terms.grid.map(() => ({ logw: newWealth(), n: 0, wrong: 0, pMin: 1, weights: noWeights() })),
    records: 0,
    expired: 0,
    audited: 0,
    auditedWrong: 0,
    detector: newDetector(),
    stream: newStream(),
    today: null,
    baseline: Array.from({ length: terms.grid.length + 1 }, () => ({ n: 0, wrong: 0 })),
    account: [],
    alarm: null,
  };
}

const noWeights = (): Weights => ({ right: emptySum, wrong: emptySum });

/** From the next decision on, this threshold is in force. Only ever after every record folded so far. */
export function deploy(state: Fold, deployment: Deployment): void {
  state.deployments.push(deployment);
}

/** Folds one decision, in place. */
export function fold(state: Fold, evidence: Evidence, terms: FoldTerms): void {
  const inForce = deploymentFor(state, evidence.id);
  if (evidence.ranAlone) countAuto(state, evidence, inForce ?? state.deployments[0]);
  if (evidence.ranAlone && !evidence.audited) return;
  state.records += 1;
  if (evidence.expired) state.expired += 1;
  certify(state, evidence, terms);
  if (evidence.ranAlone) watchAudits(state, evidence, terms);
  else watchReviews(state, evidence, { terms, inForce });
}

/** Counts decisions that ran alone undrawn, all of one month; the same as folding each of them. */
export function countAutos(
  state: Fold,
  month: string,
  { count, auditRate }: { count: number; auditRate: number },
): void {
  const account = accountOf(state, month);
  account.autos += count;
  account.piMin = Math.min(account.piMin, auditRate);
}

/** The deployment that was in force when a decision was made; null while nothing ran alone. */
export function deploymentFor({ deployments }: Pick<Fold, "deployments">, id: string): Deployment | null {
  return deployments.findLast(({ after }) => after < id) ?? null;
}

export type ThresholdFigures = {
  threshold: number;
  n: number;
  wrong: number;
  weights: Weights;
  /** ln of the certificate as it stands. */
  logE: number;
  /** Anytime-valid: the least it ever was. */
  p: number;
  /** What `p` has to be at most. */
  level: number;
  certified: boolean;
};

/** Where each threshold stands, from strict to permissive. */
export function thresholdsOf(state: Fold, { grid, delta }: FoldTerms): ThresholdFigures[] {
  const rows = state.thresholds
    .map((row, at) => ({ ...row, threshold: grid[at] ?? Number.NaN }))
    .toReversed();
  if (rows.length === 0) return [];
  const steps = fallback(
    rows.map(({ pMin }) => pMin),
    delta,
  );
  return rows.map(({ threshold, n, wrong, weights, logw, pMin }, at) => ({
    threshold,
    n,
    wrong,
    weights,
    logE: logE(logw),
    p: pMin,
    level: steps[at]?.level ?? 0,
    certified: steps[at]?.certified ?? false,
  }));
}

/** The alarm that sounded first, if any did; what is folded later does not take it back. */
export function alarmOf(state: Fold, _terms?: FoldTerms): Alarm["kind"] | null {
  return state.alarm?.kind ?? null;
}

function certify(state: Fold, { score, omega, pi, loss }: Evidence, { alpha, grid }: FoldTerms): void {
  const bets = betsAt(alpha);
  for (let j = 0; j < grid.length; j += 1) {
    const row = state.thresholds[j];
    if (!row || score < (grid[j] ?? Infinity)) break;
    addEvidence(row.logw, bets, { omega, loss });
    row.n += 1;
    if (loss > 0) row.wrong += 1;
    const side = loss > 0 ? "wrong" : "right";
    row.weights[side] = addToSum(row.weights[side], 1 / pi);
    // A loss of alpha or more lowers every wealth: the least p stays where it was.
    if (loss < alpha) row.pMin = Math.min(row.pMin, pValueOf(logE(row.logw)));
  }
}

let known: Bets | null = null;
function betsAt(alpha: number): Bets {
  if (known?.alpha !== alpha) known = certificateBets(alpha);
  return known;
}

function countAuto(state: Fold, { day, audited, loss }: Evidence, inForce: Deployment | undefined): void {
  const account = accountOf(state, day.slice(0, 7));
  account.autos += 1;
  account.piMin = Math.min(account.piMin, inForce?.auditRate ?? 1);
  if (!audited) return;
  account.audited += 1;
  if (loss > 0) account.wrong += 1;
}

function accountOf(state: Fold, month: string): Account {
  const found = state.account.find((one) => one.month === month);
  if (found) return found;
  const made: Account = { month, autos: 0, audited: 0, wrong: 0, piMin: 1 };
  state.account.push(made);
  state.account.sort((a, b) => (a.month < b.month ? -1 : 1));
  return made;
}

function watchAudits(state: Fold, { id, loss }: Evidence, { alpha, alarmRunLength }: FoldTerms): void {
  state.audited += 1;
  if (loss > 0) state.auditedWrong += 1;
  state.detector = updated(state.detector, alpha, loss);
  if (detectorSum(state.detector) >= alarmRunLength) sound(state, { kind: "audit_alarm", at: id });
}

// The statistic's factor is linear in the loss, so a part of a loss is that part of the way between right and wrong.
function updated(detector: readonly number[], alpha: number, loss: number): number[] {
  const after = (isWrong: boolean) => {
    const copy = [...detector];
    updateDetector(copy, { alpha, isWrong });
    return copy;
  };
  if (loss === 0 || loss === 1) return after(loss === 1);
  const right = after(false);
  return after(true).map((wrong, k) => loss * wrong + (1 - loss) * (right[k] ?? 0));
}

type Watch = { terms: FoldTerms; inForce: Deployment | null };

function watchReviews(state: Fold, evidence: Evidence, { terms, inForce }: Watch): void {
  const wrong = evidence.loss > 0 ? 1 : 0;
  const bin = state.baseline[binOf(evidence.score, terms.grid)];
  if (!bin) return;
  if (!inForce) {
    bin.n += 1;
    bin.wrong += wrong;
    return;
  }
  // Above the threshold people see only what a ramp or a stop held back.
  if (evidence.score >= inForce.threshold) return;
  const today = dayOf(state, evidence.day);
  today.overrides += wrong;
  today.expected += baselineRate(bin);
  // Looked at within the day too: the factor of a part of a day is an e-value as well.
  const sofar = [...state.stream];
  updateStream(sofar, today);
  if (streamSum(sofar) >= streamRunLength) sound(state, { kind: "reviewed_stream_alarm", at: evidence.id });
}

// Days follow the order of decisions; one that a clock put just before midnight again counts on.
function dayOf(state: Fold, day: string): NonNullable<Fold["today"]> {
  if (state.today && day <= state.today.day) return state.today;
  if (state.today) updateStream(state.stream, state.today);
  state.today = { day, overrides: 0, expected: 0 };
  return state.today;
}

function binOf(score: number, grid: readonly number[]): number {
  let bin = 0;
  while (bin < grid.length && score >= (grid[bin] ?? Infinity)) bin += 1;
  return bin;
}

function sound(state: Fold, alarm: Alarm): void {
  state.alarm ??= alarm;
}
