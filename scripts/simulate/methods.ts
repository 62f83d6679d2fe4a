import { streamRunLength } from "@/lib/autonomy/fold";
import { certificateBets } from "@/lib/stats/certificate";
import { fallback } from "@/lib/stats/fallback";
import { detectorSum, newDetector, updateDetector } from "@/lib/stats/shiryaev-roberts";
import { baselineRate, newStream, streamSum, updateStream } from "@/lib/stats/stream-detector";
import { foldDay, newEvidence } from "./counted-evidence";
import { bins } from "./curves";
import { sumTo, type Control, type Day } from "./day";
import { leastNeeded } from "./exact-bound";
import type { Random } from "./random";
import type { Detectors, SimulatedTerms } from "./terms";

/** What a method answers to a day's labels: how many bins run alone from tomorrow, and whether an alarm said so. */
export type Look = { auto: number; alarm: "audit_alarm" | "reviewed_stream_alarm" | null };
/** How one decides, once a day, what may run alone; it sees labels only. */
export type Method = (day: Day, control: Control) => Look;

export type CertificateRules = {
  correction: "fallback" | "none";
  weights: "propensity" | "none";
  detectors: Detectors;
};

/** The product's method: certificate and fallback, sticky within a period; an alarm begins the next one with nothing. */
export function certificateMethod(terms: SimulatedTerms, rules: CertificateRules, random: Random): Method {
  const bets = certificateBets(terms.alpha);
  let evidence = newEvidence();
  let watch = newWatch();
  return (day, control) => {
    foldDay(evidence, bets, day, rules.weights === "none" ? { ...control, auditRate: 1 } : control);
    const alarm = watchDay(watch, day, control, { terms, detectors: rules.detectors, random });
    if (alarm) {
      evidence = newEvidence();
      watch = newWatch();
      return { auto: 0, alarm };
    }
    const certified =
      rules.correction === "fallback"
        ? fallback(evidence.p, terms.delta).findLastIndex((step) => step.certified)
        : evidence.p.findLastIndex((p) => p <= terms.delta);
    return { auto: Math.max(control.auto, certified + 1), alarm: null };
  };
}

type Watch = { detector: number[]; stream: number[]; baseline: { n: number; wrong: number }[] };

function newWatch(): Watch {
  return {
    detector: newDetector(),
    stream: newStream(),
    baseline: Array.from({ length: bins }, () => ({ n: 0, wrong: 0 })),
  };
}

type Watching = { terms: SimulatedTerms; detectors: Detectors; random: Random };

function watchDay(
  watch: Watch,
  day: Day,
  { auto }: Control,
  { terms, detectors, random }: Watching,
): Look["alarm"] {
  if (detectors === "none") return null;
  if (auto === 0) {
    watch.baseline.forEach((bin, at) => {
      bin.n += (day.right[at] ?? 0) + (day.wrong[at] ?? 0);
      bin.wrong += day.wrong[at] ?? 0;
    });
    return null;
  }
  if (soundsAfter(watch.detector, day, terms, random)) return "audit_alarm";
  if (detectors === "audit") return null;
  const overrides = sumTo(day.wrong);
  const expected = watch.baseline.reduce(
    (sum, bin, at) => sum + baselineRate(bin) * ((day.right[at] ?? 0) + (day.wrong[at] ?? 0)),
    0,
  );
  updateStream(watch.stream, { overrides, expected });
  return streamSum(watch.stream) >= streamRunLength ? "reviewed_stream_alarm" : null;
}

/** The day's audits one by one, in an order drawn anew: the detector is looked at after each. */
function soundsAfter(detector: number[], day: Day, terms: SimulatedTerms, random: Random): boolean {
  let wrong = sumTo(day.auditedWrong);
  let left = wrong + sumTo(day.auditedRight);
  for (; left > 0; left -= 1) {
    const isWrong = random() * left < wrong;
    if (isWrong) wrong -= 1;
    updateDetector(detector, { alpha: terms.alpha, isWrong });
    if (detectorSum(detector) >= terms.alarmRunLength) return true;
  }
  return false;
}

/** What one must not do: the most permissive threshold whose labels, all alike, show no more than alpha wrong. */
export function plugInMethod({ alpha }: SimulatedTerms): Method {
  return pooledMethod((n, wrong) => wrong <= alpha * n);
}

/** Nor this: the exact interval of today's pooled labels, every day anew and at every threshold. */
export function clopperPearsonMethod({ alpha, delta }: SimulatedTerms): Method {
  const least = leastNeeded(alpha, delta);
  return pooledMethod((n, wrong) => n >= least(wrong));
}

function pooledMethod(isGood: (n: number, wrong: number) => boolean): Method {
  const right = Array.from({ length: bins }, () => 0);
  const wrong = Array.from({ length: bins }, () => 0);
  return (day) => {
    let [n, errors, auto] = [0, 0, 0];
    for (let bin = 0; bin < bins; bin += 1) {
      right[bin] = (right[bin] ?? 0) + (day.right[bin] ?? 0) + (day.auditedRight[bin] ?? 0);
      wrong[bin] = (wrong[bin] ?? 0) + (day.wrong[bin] ?? 0) + (day.auditedWrong[bin] ?? 0);
      errors += wrong[bin] ?? 0;
      n += (right[bin] ?? 0) + (wrong[bin] ?? 0);
      if (n > 0 && isGood(n, errors)) auto = bin + 1;
    }
    return { auto, alarm: null };
  };
}
