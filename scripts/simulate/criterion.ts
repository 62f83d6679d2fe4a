import type { Job, Outcome } from "./jobs";
import { mostViolations } from "./exact-bound";

/** What must hold, and what was seen. */
export type Criterion = { promise: string; measured: string; bound: string; isKept: boolean };

/** A job, how many streams of it, and the name its outcomes are read by. */
export type Planned = { name: string; job: Job; streams: number };
/** What came of the jobs, by their names. */
export type Outcomes = (name: string) => readonly Outcome[];

/** A part of the simulation: what is run, what must hold of it, and the figures it shows. */
export type Section = {
  title: string;
  about: string;
  jobs: readonly Planned[];
  judge: (outcomes: Outcomes) => Criterion[];
  /** A table with its head. */
  table: (outcomes: Outcomes) => string[][];
};

/** At most as many streams did what at most a share `delta` may do. */
export function atMost(promise: string, all: readonly Outcome[], key: string, delta: number): Criterion {
  const seen = sumOf(all, key);
  const most = mostViolations(all.length, delta);
  return { promise, measured: `${seen} of ${all.length}`, bound: `<= ${most}`, isKept: seen <= most };
}

/** A control that must do it more often than that, or the simulation proves nothing. */
export function mustBreak(promise: string, all: readonly Outcome[], key: string, delta: number): Criterion {
  const { measured, bound, isKept } = atMost(promise, all, key, delta);
  return { promise, measured, bound: bound.replace("<=", ">"), isKept: !isKept };
}

export function atLeast(promise: string, measured: number, least: number): Criterion {
  return { promise, measured: text(measured), bound: `>= ${text(least)}`, isKept: measured >= least };
}

export function noMoreThan(promise: string, measured: number, most: number): Criterion {
  return { promise, measured: text(measured), bound: `<= ${text(most)}`, isKept: measured <= most };
}

export function sumOf(all: readonly Outcome[], key: string): number {
  return all.reduce((sum, outcome) => sum + (outcome[key] ?? 0), 0);
}

export function meanOf(all: readonly Outcome[], key: string): number {
  return all.length === 0 ? 0 : sumOf(all, key) / all.length;
}

/** The value that a share `at` of the outcomes does not exceed. */
export function quantileOf(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(at * sorted.length) - 1)] ?? Infinity;
}

/** A figure as tables show it: four digits, no more than it takes. */
export function text(value: number): string {
  if (!Number.isFinite(value)) return "never";
  if (value !== 0 && Math.abs(value) < 0.0001) return value.toExponential(1);
  return String(Number(value.toFixed(4)));
}
