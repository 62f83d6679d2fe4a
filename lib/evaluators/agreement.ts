import { clusteredKappa } from "@/lib/stats/clustered-kappa";
import { clusteredSampleSize } from "@/lib/stats/effective-sample-size";
import { wilsonInterval } from "@/lib/stats/wilson";

/** One answer: pass or fail, or a label where the question was another one. */
export type Answer = { passed: boolean | null; label: string | null };

/**
 * What the evaluator and a person said of the same `subject`, on which others may have ruled as well. `weight`: 1 / the
 * probability that both would be seen.
 */
export type RulingPair = { subject: string; evaluator: Answer; person: Answer; weight: number };

/**
 * `kept`: every label is its own. `merged`: `tie` and every `tie (…)` are one. `left_out`: pairs in which either said a
 * tie are not counted.
 */
export const tieRules = ["kept", "merged", "left_out"] as const;
export type TieRule = (typeof tieRules)[number];

type Figure = { value: number; low: number; high: number };

/**
 * `n`: pairs; `subjects`: the things they are about; `ess`: as many equally weighted pairs, each of another subject, would
 * say as much. A figure is null where it is not defined.
 */
export type EvaluatorAgreement = {
  n: number;
  subjects: number;
  ess: number;
  agreement: Figure | null;
  kappa: Figure | null;
  /** Share the evaluator passes less the share people pass; null where labels, not passes, were compared. */
  bias: number | null;
  categories: string[];
  /** Rows: the evaluator's answer; columns: people's. Weighted counts. */
  table: number[][];
};

const passes = { true: "pass", false: "fail" } as const;

/**
 * How far an evaluator agrees with people: raw agreement (Wilson on the effective sample size) and Cohen's kappa (delta
 * method), each pair weighted by 1/pi. Several people's rulings of one subject widen both intervals: they are about one
 * answer of the evaluator's.
 */
export function evaluatorAgreement(pairs: readonly RulingPair[], ties: TieRule = "kept"): EvaluatorAgreement {
  const read = pairs.flatMap((pair) => readPair(pair, ties) ?? []);
  const categories = [...new Set(read.flatMap(({ said, ruled }) => [said, ruled]))].toSorted();
  const table = tableOf(read, categories);
  const total = read.reduce((sum, { weight }) => sum + weight, 0);
  const ess = clusteredSampleSize(
    read.map(({ said, ruled, weight, subject }) => ({
      value: said === ruled ? 1 : 0,
      weight,
      cluster: subject,
    })),
  );
  const same = table.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  return {
    n: read.length,
    subjects: new Set(read.map(({ subject }) => subject)).size,
    ess,
    agreement: read.length === 0 ? null : agreementOf(same / total, ess),
    kappa: kappaOf(read),
    bias: biasOf(read, total),
    categories,
    table,
  };
}

type Read = { subject: string; said: string; ruled: string; weight: number };

function readPair({ subject, evaluator, person, weight }: RulingPair, ties: TieRule): Read | null {
  if (evaluator.passed !== null && person.passed !== null) {
    return { subject, said: passes[`${evaluator.passed}`], ruled: passes[`${person.passed}`], weight };
  }
  if (evaluator.label === null || person.label === null) return null;
  const [said, ruled] = [labelOf(evaluator.label, ties), labelOf(person.label, ties)];
  return said === null || ruled === null ? null : { subject, said, ruled, weight };
}

/** The label as the rule for ties has it; null: it is not counted. */
export function labelOf(label: string, ties: TieRule): string | null {
  if (ties === "kept" || !/^tie\b/i.test(label)) return label;
  return ties === "merged" ? "tie" : null;
}

function tableOf(read: readonly Read[], categories: readonly string[]): number[][] {
  const place = new Map(categories.map((category, at) => [category, at]));
  const table = categories.map(() => categories.map(() => 0));
  for (const { said, ruled, weight } of read) {
    const row = table[place.get(said) ?? -1];
    const column = place.get(ruled) ?? -1;
    if (row?.[column] !== undefined) row[column] += weight;
  }
  return table;
}

function agreementOf(value: number, ess: number): Figure {
  const share = Math.min(1, value);
  const { lower, upper } = wilsonInterval(share * ess, ess);
  return { value: share, low: lower, high: upper };
}

function kappaOf(read: readonly Read[]): Figure | null {
  const { value, interval } = clusteredKappa(
    read.map(({ said, ruled, weight, subject }) => ({
      first: said,
      second: ruled,
      weight,
      cluster: subject,
    })),
  );
  return value === null || interval === null ? null : { value, low: interval.lower, high: interval.upper };
}

function biasOf(read: readonly Read[], total: number): number | null {
  const isPassing = read.every(({ said }) => said === passes.true || said === passes.false);
  if (read.length === 0 || !isPassing) return null;
  const passed = (key: "said" | "ruled") =>
    read.reduce((sum, each) => sum + (each[key] === passes.true ? each.weight : 0), 0);
  return (passed("said") - passed("ruled")) / total;
}

/**
 * True where an evaluator must stop counting: enough subjects were ruled on, and even the upper end of kappa's 95 % interval is
 * below its floor. The upper end, because with thirty the lower one lies below any floor worth having, of good ones too.
 */
export function isBelowFloor(
  { subjects, kappa }: Pick<EvaluatorAgreement, "subjects" | "kappa">,
  { kappaFloor, minRulings }: { kappaFloor: number | null; minRulings: number },
): boolean {
  return kappaFloor !== null && kappa !== null && subjects >= minRulings && kappa.high < kappaFloor;
}
