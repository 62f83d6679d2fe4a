import { accountBound } from "../account";
import { diversifiedCapital, hedgedCapital, hedgedSequence, predictableBets } from "../betting";
import { binomialPValue } from "../binomial-p";
import { addEvidence, certificateBets, logE, logEOfCounts, newWealth } from "../certificate";
import { clopperPearson, clopperPearsonUpper } from "../clopper-pearson";
import { hoeffdingBentkus } from "../hoeffding-bentkus";
import type { Interval } from "../interval";
import { knownAnswers, type Reproduction } from "./compare-fixture";
import type { Vectors } from "./vectors-fixture";
import { mixtureBernstein, mixtureHoeffding } from "../predictable-mixture";
import { detectorSum, newDetector, updateDetector } from "../shiryaev-roberts";
import { wilsonInterval } from "../wilson";

const vectors = knownAnswers<Vectors>();
const nineDecimals = { relative: 0, absolute: 5.1e-10 };

/** Bounds, p-values, certificates, detectors and confidence sequences. */
export const evidenceReproductions: Readonly<Record<string, Reproduction>> = {
  clopper_pearson: {
    inputs: ["k", "n"],
    reproduce: () =>
      vectors.clopper_pearson.map(({ k, n }) => {
        const { lower, upper } = clopperPearson(k, n);
        return { lower2s95: lower, upper2s95: upper, upper1s95: clopperPearsonUpper(k, n) };
      }),
  },
  wilson: { inputs: ["k", "n"], reproduce: () => vectors.wilson.map(({ k, n }) => wilsonInterval(k, n)) },
  hb_pvalue: {
    inputs: ["k", "n", "alpha"],
    reproduce: () =>
      vectors.hb_pvalue.map(({ k, n, alpha }) => ({
        hb: hoeffdingBentkus({ meanLoss: k / n, n, alpha }),
        binom: binomialPValue({ n, wrong: k, alpha }),
      })),
  },
  e_cert: {
    inputs: ["k", "n", "alpha"],
    reproduce: () =>
      vectors.e_cert.map(({ k, n, alpha }) => ({ logE: logEOfCounts({ n, wrong: k, alpha }) })),
  },
  e_cert_weighted: { inputs: ["alpha", "seq"], reproduce: weightedCertificate },
  sr_detector: {
    inputs: ["alpha", "x"],
    reproduce: () => ({ R: detectorSums(vectors.sr_detector.x, vectors.sr_detector.alpha) }),
  },
  accounting: {
    inputs: ["S", "pi", "delta"],
    reproduce: () =>
      vectors.accounting.map(({ S, pi, delta }) => ({
        n_err_upper: accountBound({ wrong: S, piMin: pi, delta }),
      })),
  },
  confseq_lambda_predmix_eb: {
    inputs: ["x", "alpha"],
    reproduce: () => {
      const { x, alpha } = vectors.confseq_lambda_predmix_eb;
      return { lambdas: predictableBets(x, { alpha }) };
    },
  },
  confseq_betting_mart: {
    inputs: ["x", "m", "alpha", "theta"],
    reproduce: () => {
      const { x, m, alpha } = vectors.confseq_betting_mart;
      return { mart: hedgedCapital(x, m, predictableBets(x, { alpha: alpha / 2 })) };
    },
  },
  confseq_hedged_cs: { reproduce: () => bounds(hedgedSequence(sequence())) },
  confseq_predmix_hoeffding: {
    tolerance: nineDecimals,
    reproduce: () => bounds(mixtureHoeffding(sequence())),
  },
  confseq_predmix_empbern: { tolerance: nineDecimals, reproduce: () => bounds(mixtureBernstein(sequence())) },
  "confseq_dKelly_mart_m0.3_D10": {
    inputs: ["x"],
    reproduce: () => ({ value: diversifiedCapital(vectors["confseq_dKelly_mart_m0.3_D10"].x, 0.3, 10) }),
  },
};

/** The statistic after each audit; `x` is 1 for a wrong one. */
export function detectorSums(x: readonly number[], alpha: number): number[] {
  const detector = newDetector();
  return x.map((each) => {
    updateDetector(detector, { alpha, isWrong: each === 1 });
    return detectorSum(detector);
  });
}

function weightedCertificate() {
  const bets = certificateBets(vectors.e_cert_weighted.alpha);
  const logw = newWealth();
  return {
    wealth: vectors.e_cert_weighted.seq.map(([omega, loss]) => {
      addEvidence(logw, bets, { omega, loss });
      return Math.exp(logE(logw));
    }),
  };
}

/** The confidence sequences were all computed for one and the same. */
function sequence(): number[] {
  return vectors.confseq_betting_mart.x;
}

function bounds(intervals: readonly Interval[]) {
  return { lower: intervals.map(({ lower }) => lower), upper: intervals.map(({ upper }) => upper) };
}
