/** The alternative error rates of the bets, as shares of alpha, and the prior weight of each (sum 1). */
const alternatives = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const logWeights = alternatives.map((_, k) => Math.log(k === 0 ? 0.2 : 0.08));

/** The eleven bets against "the error rate is alpha or more", with what a plain record adds to each log wealth. */
export type Bets = {
  readonly alpha: number;
  /** `lambda_k = (1 - Q_k) / (1 - alpha)`. */
  readonly stakes: readonly number[];
  /** A right record of weight 1: `ln((1 - q)/(1 - alpha))`, q = Q_k·alpha. */
  readonly right: readonly number[];
  /** A wrong record of weight 1: `ln(q/alpha) = ln Q_k`; −Infinity for Q = 0. */
  readonly wrong: readonly number[];
};

/**
 * One labelled record: `omega` in (0,1], the reference propensity over its own; `loss` in [0,1], 1 = wrong.
 * `count`: how many identical records at once (1 when left out). A batch rounds otherwise than one by one: a state that
 * must be recomputed to the bit always folds in the same portions.
 */
export type EvidenceRecord = { omega: number; loss: number; count?: number };

/** The bets for one limit `alpha` in (0,1), the error rate promised not to be exceeded. Make once, use for every record. */
export function certificateBets(alpha: number): Bets {
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError("an error rate to certify lies strictly between 0 and 1");
  const stakes = alternatives.map((share) => (1 - share) / (1 - alpha));
  return {
    alpha,
    stakes,
    right: stakes.map((stake) => Math.log1p(stake * alpha)),
    wrong: alternatives.map((share) => Math.log(share)),
  };
}

/** The log wealth of eleven bets before any record: JSON-safe but for −Infinity, which a bet lost for good becomes. */
export function newWealth(): number[] {
  return alternatives.map(() => 0);
}

/** What one record of this weight and loss adds to the log wealth of bet k: `ln(1 + omega·lambda_k·(alpha - loss))`. */
export function logIncrement(bets: Bets, k: number, { omega, loss }: EvidenceRecord): number {
  assertRecord(omega, loss);
  return increment(bets, k, omega, loss);
}

/**
 * Folds a record into the log wealths, in place: `logw_k += count · ln(1 + omega·lambda_k·(alpha - loss))`.
 * With weight 1 and loss 0 or 1 the factor is the likelihood ratio of q = Q_k·alpha against alpha, and the increments are
 * the precomputed ones. Each wealth is a nonnegative supermartingale while the error rate is alpha or more.
 * Source: betting martingales, Waudby-Smith & Ramdas, JRSS B 86 (2024); with labelling propensities, Xu,
 * Karampatziakis & Mineiro, NeurIPS 2024.
 */
export function addEvidence(logw: number[], bets: Bets, { omega, loss, count = 1 }: EvidenceRecord): void {
  assertRecord(omega, loss);
  if (logw.length !== alternatives.length) throw new RangeError("a wealth has eleven bets");
  if (!(Number.isSafeInteger(count) && count > 0)) throw new RangeError("a count is a whole number above 0");
  const plain = omega === 1 ? (loss === 0 ? bets.right : loss === 1 ? bets.wrong : null) : null;
  for (let k = 0; k < logw.length; k += 1) {
    const added = plain ? (plain[k] ?? Number.NaN) : increment(bets, k, omega, loss);
    // A wealth that is missing (a −Infinity lost in JSON) must not count as 0: NaN, which logE refuses.
    logw[k] = (logw[k] ?? Number.NaN) + count * added;
  }
}

/**
 * ln of the certificate `E = sum_k W_k·exp(logw_k)`, W = [.2, .08 × 10], by log-sum-exp. While the error rate is alpha
 * or more, `P(E ever reaches 1/x) <= x` (Ville), however often anyone looks.
 */
export function logE(logw: readonly number[]): number {
  if (logw.length !== alternatives.length) throw new RangeError("a wealth has eleven bets");
  let most = -Infinity;
  for (let k = 0; k < logw.length; k += 1) {
    const term = (logw[k] ?? Number.NaN) + (logWeights[k] ?? Number.NaN);
    if (Number.isNaN(term)) throw new RangeError("a log wealth is a number or -Infinity");
    if (term > most) most = term;
  }
  if (most === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = 0; k < logw.length; k += 1) {
    sum += Math.exp((logw[k] ?? Number.NaN) + (logWeights[k] ?? Number.NaN) - most);
  }
  return most + Math.log(sum);
}

/** `min(1, 1/E)`: the least of these over all update times is an anytime-valid p-value. */
export function pValueOf(logEvidence: number): number {
  return Math.min(1, Math.exp(-logEvidence));
}

/** ln E after `n` plain records (weight 1) of which `wrong` were wrong, in closed form: the order says nothing. */
export function logEOfCounts({ n, wrong, alpha }: { n: number; wrong: number; alpha: number }): number {
  if (!(Number.isSafeInteger(n) && Number.isSafeInteger(wrong) && wrong >= 0 && wrong <= n)) {
    throw new RangeError("n and wrong are whole numbers, 0 <= wrong <= n");
  }
  const bets = certificateBets(alpha);
  const logw = newWealth();
  if (n > wrong) addEvidence(logw, bets, { omega: 1, loss: 0, count: n - wrong });
  if (wrong > 0) addEvidence(logw, bets, { omega: 1, loss: 1, count: wrong });
  return logE(logw);
}

function increment(bets: Bets, k: number, omega: number, loss: number): number {
  const stake = bets.stakes[k];
  if (stake === undefined) throw new RangeError("there are eleven bets");
  if (omega === 1 && loss === 1) return bets.wrong[k] ?? Number.NaN;
  // Never below −1 but by rounding: a stake is at most 1/(1 − alpha).
  return Math.log1p(Math.max(-1, omega * stake * (bets.alpha - loss)));
}

function assertRecord(omega: number, loss: number): void {
  if (!(omega > 0 && omega <= 1)) throw new RangeError("a record's weight lies in (0, 1]");
  if (!(loss >= 0 && loss <= 1)) throw new RangeError("a loss lies in [0, 1]");
}
