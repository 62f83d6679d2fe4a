import {
  addEvidence,
  type Bets,
  certificateBets,
  type EvidenceRecord,
  logE,
  logEOfCounts,
  newWealth,
} from "./certificate";

/** Plain evidence for one threshold (records of weight 1), and the level it is tested at. */
export type Standing = { n: number; wrong: number; level: number };

/**
 * How many more right labels would certify the threshold at `level` (in (0,1)), given `n` of which `wrong` were wrong.
 * `about`: `(ln(1/level) - ln E) / ln((1 - q)/(1 - alpha))` at the rate observed, q = wrong/n; 0 when it is certified, null
 * when the rate is not below alpha. `exactly`: the least whole number that does it, by search; never null, since every
 * right label adds to every bet.
 */
export function labelsUntilCertified({ n, wrong, level, alpha }: Standing & { alpha: number }): {
  about: number | null;
  exactly: number;
} {
  const missing = missingAt(level, logEOfCounts({ n, wrong, alpha }));
  const rate = n === 0 ? 0 : wrong / n;
  const gain = Math.log1p(-rate) - Math.log1p(-alpha);
  return {
    about: missing === 0 ? 0 : gain > 0 ? missing / gain : null,
    exactly: leastWhole((more) => missingAt(level, logEOfCounts({ n: n + more, wrong, alpha })) === 0),
  };
}

/** The same whole number from log wealths as they stand, weighted records and all: right labels of weight 1. */
export function rightLabelsUntilCertified(logw: readonly number[], bets: Bets, level: number): number {
  return leastWhole((more) => {
    const later = [...logw];
    if (more > 0) addEvidence(later, bets, { omega: 1, loss: 0, count: more });
    return missingAt(level, logE(later)) === 0;
  });
}

/**
 * The certified bound: the smallest limit alpha' for which the evidence would certify the threshold at `level`, by
 * bisection (E rises with alpha'). With chance `1 - level` the error rate is never above it, at any time anyone looks.
 * 1 when nothing could be certified.
 */
export function certifiedBound({ n, wrong, level }: Standing): number {
  return certifiedBoundOf(
    [
      { omega: 1, loss: 0, count: n - wrong },
      { omega: 1, loss: 1, count: wrong },
    ].filter(({ count }) => count !== 0),
    level,
  );
}

/** The same from weighted records; alike ones are best given once with their count. */
export function certifiedBoundOf(records: readonly EvidenceRecord[], level: number): number {
  const isCertified = (alpha: number) => {
    const logw = newWealth();
    const bets = certificateBets(alpha);
    for (const record of records) addEvidence(logw, bets, record);
    return missingAt(level, logE(logw)) === 0;
  };
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-15) return high;
    if (isCertified(middle)) high = middle;
    else low = middle;
  }
}

function missingAt(level: number, logEvidence: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError("a level lies strictly between 0 and 1");
  return Math.max(0, -Math.log(level) - logEvidence);
}

/** The least whole number from 0 on that is enough, where more of it is enough too. */
function leastWhole(isEnough: (count: number) => boolean): number {
  if (isEnough(0)) return 0;
  let enough = 1;
  while (!isEnough(enough)) enough *= 2;
  let short = Math.floor(enough / 2);
  while (enough - short > 1) {
    const middle = Math.floor((enough + short) / 2);
    if (isEnough(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}
