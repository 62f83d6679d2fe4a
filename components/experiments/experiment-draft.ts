import type { DatasetVersionView } from "@/lib/experiments/datasets";
import type { NewExperiment } from "@/lib/experiments/experiments";
import { type CandidateKind, splits } from "@/lib/experiments/vocabulary";

export type Option = { kind: CandidateKind; id: string; name: string; note: string };

/** A judge or a service that can score the answers. `priced`: no more can be paid for a question than is known. */
export type EvaluatorChoice = {
  id: string;
  name: string;
  kind: "llm_judge" | "http";
  counts: boolean;
  priced: boolean;
};

/** What the app said at the time: no version has that id. */
export const recordedOption: Option = { kind: "recorded", id: "recorded", name: "As recorded", note: "" };

export type ExperimentDraft = {
  name: string;
  split: string;
  chosen: string[];
  /** Judges and services that score the answers. */
  evaluators: string[];
  baseline: string;
  margin: string;
  cap: string;
};

/** What the form begins with: the recorded answers as the baseline, and the candidate that a link asked for. */
export function draftOf(
  name: string,
  { splits: sizes }: DatasetVersionView,
  wanted: string | undefined,
  evaluators: readonly EvaluatorChoice[] = [],
): ExperimentDraft {
  const hasTrain = sizes.train > 0 && sizes.test > 0;
  return {
    name: `On ${name}`.slice(0, 100),
    // What was trained on says nothing of what comes.
    split: hasTrain ? "test" : "",
    chosen: wanted === undefined ? [recordedOption.id] : [recordedOption.id, wanted],
    // One that does not count is worth its price only to whoever asks for it.
    evaluators: evaluators.filter(({ counts }) => counts).map(({ id }) => id),
    baseline: recordedOption.id,
    margin: "2",
    cap: "",
  };
}

/** The draft as it is sent. */
export function experimentOf(
  draft: ExperimentDraft,
  version: string,
  chosen: readonly Option[],
  issue: string | undefined,
): NewExperiment {
  const split = splits.find((one) => one === draft.split);
  const baseline = chosen.some(({ id }) => id === draft.baseline) ? draft.baseline : chosen[0]?.id;
  return {
    name: draft.name,
    dataset_version: version,
    ...(split ? { split } : {}),
    candidates: chosen.map(({ kind, id }) => ({
      kind,
      ...(kind === "recorded" ? {} : { id }),
      baseline: id === baseline,
    })),
    evaluators: draft.evaluators,
    ...(draft.cap === "" ? {} : { cost_cap_micros: Math.round(Number(draft.cap) * 1_000_000) }),
    margin: Number(draft.margin) / 100,
    ...(issue === undefined ? {} : { issue }),
  };
}
