import type { LearningFile } from "../exports";
import type { Lesson } from "../lines";

type Counts = Record<string, number>;

/** What an export has written so far: kept with every part, so that a crash loses no count. */
export type Sums = {
  lines: Record<LearningFile, number>;
  by_source: Counts;
  by_truth: Counts;
  overridden: number;
  blind: number;
  masked: number;
  left_out: { without_override: number; prompt_does_not_fit: number };
  labellers: Counts;
  models: Counts;
  prompts: Counts;
};

export function newSums(): Sums {
  return {
    lines: { train: 0, test: 0 },
    by_source: {},
    by_truth: {},
    overridden: 0,
    blind: 0,
    masked: 0,
    left_out: { without_override: 0, prompt_does_not_fit: 0 },
    labellers: {},
    models: {},
    prompts: {},
  };
}

type Line = { file: LearningFile; lesson: Lesson | null; masked: number; isWritten: boolean };

/** Counts one decision, written or left out. */
export function addLine(sums: Sums, { file, lesson, masked, isWritten }: Line): void {
  if (!lesson) sums.left_out.prompt_does_not_fit += 1;
  else if (!isWritten) sums.left_out.without_override += 1;
  if (!lesson || !isWritten) return;
  const { metadata, human } = lesson;
  sums.lines[file] += 1;
  sums.overridden += Number(lesson.overridden);
  sums.blind += Number(metadata.blind);
  sums.masked += masked;
  add(sums.by_source, metadata.source);
  add(sums.by_truth, human.predicted);
  add(sums.labellers, metadata.labeller);
  add(sums.models, metadata.model ?? "unnamed");
  add(sums.prompts, metadata.prompt_version ?? "unnamed");
}

function add(counts: Counts, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
