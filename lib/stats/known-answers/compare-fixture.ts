import { existsSync, readFileSync } from "node:fs";

export const shared = new URL("../../../../shared/", import.meta.url);
const file = new URL("vectors/vectors.json", shared);

/** Whether the folder of known answers lies beside the checkout. */
export const present = existsSync(file);

/** The known answers, each test naming the shape it expects of its part; empty when the folder is absent. */
export function knownAnswers<T>(): T {
  return JSON.parse(present ? readFileSync(file, "utf8") : "{}");
}

/** The lines of a data file beside the vectors, split at commas: the header first. */
export function cellsOf(name: string): string[][] {
  return readFileSync(new URL(`data/confidence/${name}`, shared), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(","));
}

/** How a figure must agree: to this relative or absolute difference, whichever is larger. */
export type Tolerance = { relative: number; absolute: number };

/** How one part of the known answers comes about: which of its fields are given, and the rest, computed. */
export type Reproduction = { inputs?: readonly string[]; tolerance?: Tolerance; reproduce: () => unknown };

export type Comparison = { compared: number; mismatches: string[] };

/**
 * Holds what was reproduced against what is known, leaf by leaf. A known number that is neither reproduced nor named among
 * the `inputs` is a mismatch: nothing is passed over in silence.
 */
export function compare(
  known: unknown,
  reproduced: unknown,
  { inputs, tolerance }: { inputs: readonly string[]; tolerance: Tolerance },
  path = "",
): Comparison {
  if (typeof known === "number") {
    return {
      compared: 1,
      mismatches: isNear(known, reproduced, tolerance)
        ? []
        : [`${path}: ${String(reproduced)} is not ${known}`],
    };
  }
  if (known === null || typeof known !== "object") return { compared: 0, mismatches: [] };
  const expected = entriesOf(known).filter(([key]) => !inputs.includes(key));
  const found = new Map(entriesOf(reproduced));
  const parts = expected.map(([key, value]) =>
    compare(value, found.get(key), { inputs, tolerance }, `${path}/${key}`),
  );
  const additional = [...found.keys()].filter((key) => !expected.some(([name]) => name === key));
  return {
    compared: parts.reduce((sum, part) => sum + part.compared, 0),
    mismatches: [
      ...parts.flatMap(({ mismatches }) => mismatches),
      ...additional.map((key) => `${path}/${key} is not known`),
    ],
  };
}

function isNear(known: number, reproduced: unknown, { relative, absolute }: Tolerance): boolean {
  if (typeof reproduced !== "number") return false;
  return Math.abs(known - reproduced) <= Math.max(absolute, relative * Math.abs(known));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
