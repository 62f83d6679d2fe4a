import type { Criterion, Outcomes, Section } from "./criterion";
import type { Job, Outcome } from "./jobs";
import type { Plan } from "./plan";
import { boundarySection } from "./section-boundary";
import { driftSection } from "./section-drift";
import { labelsSection } from "./section-labels";
import { recordedSection } from "./section-recorded";
import { stationarySection } from "./section-stationary";

export function sectionsOf(plan: Plan): Section[] {
  return [
    stationarySection(plan),
    boundarySection(plan),
    driftSection(plan),
    labelsSection(plan),
    recordedSection(plan),
  ];
}

/** Runs so many streams of a job: on workers, or here. */
export type RunJob = (job: Job, seed: number, streams: number) => Promise<Outcome[]>;

export type SectionResult = {
  title: string;
  about: string;
  criteria: Criterion[];
  table: string[][];
  seconds: number;
};

/** Runs a part to its end and judges it. */
export async function runSection(section: Section, seed: number, run: RunJob): Promise<SectionResult> {
  const began = performance.now();
  const done = new Map<string, Outcome[]>();
  for (const { name, job, streams } of section.jobs) done.set(name, await run(job, seed, streams));
  const outcomes: Outcomes = (name) => done.get(name) ?? [];
  return {
    title: section.title,
    about: section.about,
    criteria: section.judge(outcomes),
    table: section.table(outcomes),
    seconds: (performance.now() - began) / 1000,
  };
}

/** The last line: whether everything that must hold did. */
export function verdictOf(criteria: readonly Criterion[]): { line: string; isKept: boolean } {
  const broken = criteria.filter(({ isKept }) => !isKept);
  const kept = `${criteria.length - broken.length} of ${criteria.length} criteria kept`;
  if (broken.length === 0) return { line: `simulation: ${kept}`, isKept: true };
  const names = broken.map(({ promise }) => promise).join("; ");
  return { line: `simulation: ${kept}; broken: ${names}`, isKept: false };
}
