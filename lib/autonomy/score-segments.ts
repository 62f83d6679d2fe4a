import { type ErrorRate, errorOf, indexScores, type Looked, reached, type ScoreIndex } from "./score-index";
import type { ThresholdData } from "./threshold-endpoints";

type Columns = ThresholdData["columns"];
type Data = Pick<ThresholdData, "columns" | "segments">;

export const dimensions = ["amount", "subject_type", "model", "prompt_version", "language"] as const;
export type Dimension = (typeof dimensions)[number];

/** One part of the decisions, with sums of its own. `low` and `high` are its amounts in minor units, [low, high). */
export type Segment = {
  dimension: Dimension;
  name: string;
  band: { low: number; high: number | null } | null;
  index: ScoreIndex;
};

/** Parts smaller than this, and parts beyond so many of one dimension, are left to the rest. */
const [leastRows, mostParts] = [20, 12];

/** The decisions cut by each thing that is known of them; a cut that leaves everything in one part is none. */
export function segmentsOf({ columns, segments }: Data, outcomes: Looked["outcomes"]): Segment[] {
  return dimensions.flatMap((dimension) => {
    const parts = partsOf({ columns, segments }, dimension);
    const kept = [...parts.values()]
      .filter(({ rows }) => rows.length >= leastRows)
      .toSorted((a, b) => b.rows.length - a.rows.length)
      .slice(0, mostParts);
    if (parts.size < 2) return [];
    return kept.map(({ name, band, rows }) => {
      const own = new Set(rows);
      const index = indexScores(columns, rows.length, { outcomes, keep: (row) => own.has(row) });
      return { dimension, name, band, index };
    });
  });
}

type Part = { name: string; band: Segment["band"]; rows: number[] };

function partsOf({ columns, segments }: Data, dimension: Dimension): Map<string, Part> {
  const bands = dimension === "amount" ? bandsOf(columns) : [];
  const parts = new Map<string, Part>();
  for (let row = 0; row < columns.score.length; row += 1) {
    const found = partAt({ columns, segments }, { dimension, bands, row });
    if (!found) continue;
    const part = parts.get(found.name) ?? { ...found, rows: [] };
    part.rows.push(row);
    parts.set(found.name, part);
  }
  return parts;
}

type Band = { low: number; high: number | null };
type Place = { dimension: Dimension; bands: readonly Band[]; row: number };

function partAt({ columns, segments }: Data, { dimension, bands, row }: Place): Omit<Part, "rows"> | null {
  if (dimension !== "amount") {
    const name = segments[columns.segment[row] ?? -1]?.[dimension];
    return name === null || name === undefined ? null : { name, band: null };
  }
  const amount = columns.amount?.[row] ?? null;
  if (amount === null) return null;
  const band = bands.find(({ low, high }) => amount >= low && (high === null || amount < high));
  return band ? { name: `${band.low}-${band.high ?? ""}`, band } : null;
}

/** Four bands of about equally many decisions, cut at round amounts (1, 2 or 5 times a power of ten). */
function bandsOf({ amount }: Columns): Band[] {
  const known = Float64Array.from((amount ?? []).filter((one) => one !== null)).sort();
  if (known.length === 0) return [];
  const quarters = [0.25, 0.5, 0.75].map((share) =>
    roundAmount(known[Math.floor(known.length * share)] ?? 0),
  );
  const cuts = [...new Set([0, ...quarters])];
  return cuts.map((low, at) => ({ low, high: cuts[at + 1] ?? null }));
}

function roundAmount(amount: number): number {
  if (amount < 1) return 0;
  const power = 10 ** Math.floor(Math.log10(amount));
  const first = amount / power;
  return power * (first < 1.5 ? 1 : first < 3.5 ? 2 : first < 7.5 ? 5 : 10);
}

export type SegmentFigures = Omit<Segment, "index"> & {
  size: number;
  /** Share of the part that would run alone. */
  coverage: number;
  error: ErrorRate;
};

/** Each part at a threshold: the highest upper bound of its error first, those with too few labels last. */
export function segmentsAt(segments: readonly Segment[], threshold: number): SegmentFigures[] {
  return segments
    .map(({ index, ...about }) => {
      const alone = reached(index, threshold);
      return {
        ...about,
        size: index.total,
        coverage: index.total === 0 ? 0 : alone / index.total,
        error: errorOf(index, alone),
      };
    })
    .toSorted((a, b) => upperOf(b) - upperOf(a) || b.size - a.size);
}

function upperOf({ error }: SegmentFigures): number {
  return error.kind === "estimate" ? error.upper : -1;
}
