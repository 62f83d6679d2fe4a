import { sql } from "drizzle-orm";
import { labelSources, type Prediction } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import {
  continueClassifier,
  loadClassifier,
  trainClassifier,
  type Example,
  type LocalClassifier,
} from "@/lib/models/local-classifier";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { compareModels, type Compared } from "../compare";
import { splitRows } from "../split";
import { mostTimes, testShare, type TrainingReport } from "../trainings";
import { sideOf, type Labelled } from "./gather-labels";
import type { NewArtifact } from "./store-artifact";

export type Learned = { content: string; manifest: NewArtifact["manifest"]; report: TrainingReport };

type Job = {
  rows: readonly Labelled[];
  baselineId: string | null;
  /** Told the share done from time to time; the place to let others run. */
  progress: (share: number) => Promise<void>;
};

const mostExamples = 50;
/** Rows answered between two looks at the clock. */
const stride = 50;

/**
 * Trains a candidate on the first training set plus two thirds of the labelled decisions, and measures it and the model in
 * force on the others. The same rows give the same model. Throws `invalid` where there is too little to learn from.
 */
export async function learn(ctx: Context, { rows, baselineId, progress }: Job): Promise<Learned> {
  const baseline = baselineId === null ? null : await readArtifact(ctx, baselineId);
  const learnedBefore = new Set(baseline?.manifest.decisions);
  const { train, test, groupOf } = splitRows(
    rows.map((row) => (learnedBefore.has(row.id) ? { ...row, fixed: "train" as const } : row)),
    { testShare, hash: sideOf },
  );
  const baseId = baseline?.manifest.base ?? baselineId;
  const base = baseId === null ? null : baseId === baselineId ? baseline : await readArtifact(ctx, baseId);
  const candidate = candidateOf(train, base?.content ?? null);
  const current = baseline ? loadClassifier(baseline.content) : null;
  const answers: (Compared & { row: Labelled; said: Record<"baseline" | "candidate", Prediction> })[] = [];
  for (const [index, row] of test.entries()) {
    if (index % stride === 0) await progress(index / test.length);
    const said = { baseline: current ? ask(current, row) : row.predicted, candidate: ask(candidate, row) };
    answers.push({
      row,
      said,
      group: groupOf(row.id),
      weight: row.weight,
      baselineWrong: said.baseline !== row.truth,
      candidateWrong: said.candidate !== row.truth,
    });
  }
  const differing = answers.filter(({ said }) => said.baseline !== said.candidate);
  return {
    content: candidate.toJson(),
    manifest: manifestOf(train, baseId),
    report: {
      labels: Object.fromEntries(
        labelSources.map((source) => [source, rows.filter((row) => row.source === source).length]),
      ) as TrainingReport["labels"],
      learned_from: train.length,
      kept_apart: test.length,
      known_answers: test.filter(({ fixed }) => fixed === "test").length,
      comparison: compareModels(answers),
      disagreements: differing.length,
      examples: differing.slice(0, mostExamples).map(({ row, said }) => ({
        decision_id: row.id,
        truth: row.truth,
        ...said,
      })),
    },
  };
}

function manifestOf(train: readonly Labelled[], base: string | null): NewArtifact["manifest"] {
  return {
    base,
    decisions: train.map(({ id }) => id),
    weights: `1/pi, rounded, ${mostTimes} at most`,
    split: `groups by subject and text, ${Math.round(testShare * 100)}% kept apart`,
  };
}

function candidateOf(train: readonly Labelled[], base: string | null): LocalClassifier {
  const examples = train.map(exampleOf);
  const hasBoth = (["spam", "ham"] as const).every((label) => examples.some((one) => one.label === label));
  if (train.length === 0 || (base === null && !hasBoth)) throw tooFew();
  try {
    return base === null ? trainClassifier(examples) : continueClassifier(base, examples);
  } catch (error) {
    throw tooFew(error);
  }
}

/** The classifier refuses what has hardly a word in it. */
function tooFew(cause?: unknown): DomainError {
  const error = new DomainError(
    "invalid",
    "There are too few labels to learn from: people have to rule on decisions of both kinds first.",
  );
  if (cause !== undefined) error.cause = cause;
  return error;
}

function exampleOf({ text, truth, weight }: Labelled): Example {
  const times = Math.min(mostTimes, Math.max(1, Math.round(weight)));
  return { prompt: text, label: truth === "positive" ? "spam" : "ham", times };
}

function ask(model: LocalClassifier, { text }: Labelled): Prediction {
  return model.classify(text).label === "spam" ? "positive" : "negative";
}

async function readArtifact(ctx: Context, id: string) {
  const [row] = await rowsOf<{ content: string; manifest: NewArtifact["manifest"] }>(
    ctx.db,
    sql`select content #>> '{}' as content, manifest from model_artifacts where id = ${id} and org_id = ${ctx.orgId}`,
  );
  if (!row) throw new Error(`artifact ${id} cannot be read`);
  return row;
}
