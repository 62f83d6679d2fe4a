import { counted } from "@/lib/kernel/counted";
import type { ArtifactView, TrainingView } from "./trainings";
import { isUnderWay, signersWords, unfitWords } from "./words";

/** One step of the loop: whether it is behind, at hand or to come, and what it takes. */
export type LoopStep = { name: string; state: "done" | "now" | "later"; sentence: string };

export type Loop = {
  labels: number;
  /** The newest round; undefined before the first. */
  training: TrainingView | undefined;
  artifact: ArtifactView | undefined;
  mayTrain: boolean;
  /** Names of everybody else who may sign. */
  signers: readonly string[];
};

/** How far the loop is, from labels to a better model in force: at most one step is at hand, and it says what it waits for. */
export function loopSteps(loop: Loop): LoopStep[] {
  const at = placeOf(loop);
  return names.map((name, index) => ({
    name,
    state: index < at ? "done" : index === at ? "now" : "later",
    sentence: index === at ? waitsFor(loop, at) : index < at ? behind(loop, index) : later[index],
  })) as LoopStep[];
}

const names = ["Labels", "Train", "Measure", "Shadow", "Propose", "Sign"] as const;
const later = [
  "People or outcomes say what was right.",
  "A model learns from two thirds of them.",
  "Both models answer what neither learned from.",
  "It answers new decisions beside the one in force.",
  "An admin proposes it.",
  "Another admin puts it in force.",
] as const;

/** The step at hand, by its place; past the last one when the newest round is in force. */
function placeOf({ labels, training, artifact }: Loop): number {
  if (!training || training.status === "failed" || training.status === "declined") return labels > 0 ? 1 : 0;
  if (training.status === "signed") return names.length;
  if (isUnderWay(training)) return 2;
  if (training.status === "proposed") return 5;
  return artifact?.status === "shadow" ? 4 : 3;
}

function waitsFor({ training, artifact, mayTrain, labels, signers }: Loop, at: number): string {
  if (at === 0)
    return "Rule on reviews in the inbox, judge audits, or send outcomes. Nothing is learned before.";
  if (at === 2) return "It learns and is measured. This takes seconds.";
  const own = training?.own_proposal === true;
  if (at === 5)
    return own
      ? `You proposed it, so you cannot sign it. ${signersWords(signers)}`
      : mayTrain
        ? "Read how it measured, then sign or decline it below."
        : "An admin who did not propose it signs it.";
  if (!mayTrain) return "An admin takes this step.";
  if (at === 1) return `Press “Train a new model”: ${counted(labels, "label")} to learn from.`;
  if (at === 3) return "Press “Try in shadow”: nothing it says is done.";
  const unfit = unfitWords(training?.report?.comparison ?? null);
  if (unfit !== null) return unfit;
  return artifact?.shadow?.answered
    ? "Press “Propose” when you have seen enough of what it says."
    : "It answers decisions as they come; press “Propose” at once, or wait for the first.";
}

function behind({ labels, training, artifact }: Loop, index: number): string {
  const done = [
    `${counted(labels, "label")} so far.`,
    training?.report ? `From ${counted(training.report.learned_from, "decision")}.` : "Done.",
    "Told below.",
    artifact?.shadow
      ? `It answered ${counted(artifact.shadow.answered, "decision")}.`
      : "It answered beside the one before.",
    training?.proposed_by ? `By ${training.proposed_by}.` : "Done.",
    training?.signed_by ? `By ${training.signed_by}: in force.` : "Done.",
  ];
  return done[index] ?? "Done.";
}
