/** One number a record of the known answers, the ones the reproductions read. */
type Row = Readonly<Record<"k" | "n" | "alpha", number>>;
type Pair = { ref: number[]; cur: number[] };
type Stream = { series: number[] };

/** The shape of the known answers, as far as they are inputs: what comes out is compared leaf by leaf. */
export type Vectors = {
  clopper_pearson: Row[];
  wilson: Row[];
  hb_pvalue: Row[];
  e_cert: Row[];
  e_cert_weighted: { alpha: number; seq: [number, number][] };
  sr_detector: { alpha: number; x: number[] };
  accounting: { S: number; pi: number; delta: number }[];
  confseq_lambda_predmix_eb: { x: number[]; alpha: number };
  confseq_betting_mart: { x: number[]; m: number; alpha: number };
  "confseq_dKelly_mart_m0.3_D10": { x: number[] };
  calibration_small: { p: number[]; y: number[] };
  pava: { y: number[]; w: number[] | null }[];
  psi: Pair[];
  js: Pair;
  ks2: { a: number[]; b: number[] };
  chi2: { table: number[][] };
  river_stream: Stream;
  bernoulli_stream: { series_ones: number[]; n: number; change_at: number };
  cohen: { table: number[][] }[];
  fleiss: { table: number[][] };
  krippendorff: { data: (number | null)[][]; ordinal?: number; ratio?: number }[];
  ht: { pi: number[]; L: number[]; e: (number | null)[] };
};
