import { addEvidence, certificateBets, logE, logEOfCounts, newWealth } from "@/lib/stats/certificate";
import { leastNeeded } from "./exact-bound";
import type { Random } from "./random";

/** One threshold, looked at after every decision. `clopper_pearson` is what one must not do. */
export type Boundary = {
  alpha: number;
  /** The true error rate. */
  rate: number;
  delta: number;
  decisions: number;
  method: "certificate" | "clopper_pearson";
};

/** Whether one stream was certified at any of its looks. */
export function isEverCertified(
  { alpha, rate, delta, decisions, method }: Boundary,
  random: Random,
): boolean {
  const bets = certificateBets(alpha);
  const wealth = newWealth();
  const target = -Math.log(delta);
  const least = leastNeeded(alpha, delta);
  let wrong = 0;
  for (let n = 1; n <= decisions; n += 1) {
    const loss = random() < rate ? 1 : 0;
    wrong += loss;
    if (method === "clopper_pearson") {
      if (n >= least(wrong)) return true;
      continue;
    }
    addEvidence(wealth, bets, { omega: 1, loss });
    // A wrong one never raises the certificate.
    if (loss === 0 && logE(wealth) >= target) return true;
  }
  return false;
}

/**
 * The same probability without a draw. The certificate depends on how many of n were wrong alone and falls with them, so
 * at every n what is certified is k wrong or fewer: their probability is taken out, and the rest goes on.
 */
export function chanceEverCertified({ alpha, rate, delta, decisions, method }: Boundary): number {
  const target = -Math.log(delta);
  const least = leastNeeded(alpha, delta);
  const isCertified = (n: number, wrong: number) =>
    wrong <= n &&
    (method === "certificate" ? logEOfCounts({ n, wrong, alpha }) >= target : n >= least(wrong));
  // Probability of so many wrong and not certified yet; what lies below `from` is certified, above `to` negligible.
  let open = [1];
  let [first, certified, mostCertified] = [0, 0, -1];
  for (let n = 1; n <= decisions; n += 1) {
    open = step(open, rate);
    while (isCertified(n, mostCertified + 1)) mostCertified += 1;
    while (first <= mostCertified && open.length > 0) {
      certified += open.shift() ?? 0;
      first += 1;
    }
    while (open.length > 1 && (open.at(-1) ?? 0) < negligible) open.pop();
  }
  return certified;
}

const negligible = 1e-18;

function step(open: readonly number[], rate: number): number[] {
  const next = open.map((probability, at) => probability * (1 - rate) + (open[at - 1] ?? 0) * rate);
  next.push((open.at(-1) ?? 0) * rate);
  return next;
}
