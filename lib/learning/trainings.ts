import { z } from "zod";
import { labelSources, predictions, truths } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { artifactStatuses } from "@/lib/models/vocabulary";
import { trainingStatuses } from "./vocabulary";

/** The share of labelled groups that no round ever learns from. */
export const testShare = 1 / 3;
/** The newest labelled decisions that one round looks at. */
export const mostLabels = 20_000;
/** A label drawn with propensity pi counts 1/pi times, and so often at most. */
export const mostTimes = 20;

const Share = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What a round found out; figures are weighted by 1/pi, intervals at 95%. */
export const TrainingReport = z.object({
  labels: z
    .record(z.enum(labelSources), z.int())
    .describe("Decisions looked at, by the source of the label used"),
  learned_from: z.int().describe("Labelled decisions that it learned from, besides the first training set"),
  kept_apart: z.int().describe("Labelled decisions that neither model learned from"),
  known_answers: z.int().describe("Of those: known answers and blind reviews, which are never learned from"),
  comparison: z
    .object({
      n: z.int(),
      groups: z.int(),
      baseline: Share,
      candidate: Share,
      difference: Share.describe("How much smaller the new one's share of errors is"),
      verdict: z.enum(["better", "worse", "unclear"]),
    })
    .nullable(),
  disagreements: z.int(),
  examples: z
    .array(
      z.object({
        decision_id: z.string(),
        truth: z.enum(truths),
        baseline: z.enum(predictions),
        candidate: z.enum(predictions),
      }),
    )
    .describe("Decisions that the two answer differently, the newest first"),
});
export type TrainingReport = z.output<typeof TrainingReport>;

export const ArtifactView = z.object({
  id: z.string(),
  object: z.literal("model_artifact"),
  app_id: z.string(),
  type: z.string(),
  version: z.int(),
  status: z.enum(artifactStatuses),
  algorithm: z.string(),
  sha256: z.string(),
  model: z.string().describe("What decisions made by it name as their model"),
  model_id: z.string().nullable().describe("Its row among the models"),
  learned_from: z.int().describe("Labelled decisions it learned from, besides its first training set"),
  created_at: z.string(),
  shadow_at: z.string().nullable(),
  activated_at: z.string().nullable(),
  retired_at: z.string().nullable(),
  shadow: z
    .object({
      answered: z.int(),
      same: z.int(),
      labelled: z.int(),
      own_errors: z.int(),
      active_errors: z.int(),
    })
    .nullable()
    .describe("What it said of decisions since it is in shadow, beside what was said in its place"),
});
export type ArtifactView = z.output<typeof ArtifactView>;

export const TrainingView = z.object({
  id: z.string(),
  object: z.literal("training"),
  app_id: z.string(),
  type: z.string(),
  status: z.enum(trainingStatuses),
  progress: z.number(),
  sources: z.array(z.enum(labelSources)),
  baseline: z.object({ id: z.string(), version: z.int() }).nullable(),
  artifact: z.object({ id: z.string(), version: z.int(), status: z.enum(artifactStatuses) }).nullable(),
  report: TrainingReport.nullable(),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  proposed_by: z.string().nullable(),
  proposed_at: z.string().nullable(),
  own_proposal: z.boolean().describe("You proposed it, so another admin signs it"),
  signed_by: z.string().nullable(),
  signed_at: z.string().nullable(),
});
export type TrainingView = z.output<typeof TrainingView>;

const Pair = {
  app: z.string().min(1).max(100).describe("Key or id"),
  type: z.string().min(1).max(100).describe("Key or id of the decision type"),
};
export const StartTraining = z.strictObject({
  ...Pair,
  sources: z
    .array(z.enum(labelSources))
    .min(1)
    .max(3)
    .default(["review", "audit", "outcome"])
    .describe("Whose labels are learned from; of several of one decision the strongest counts"),
});
export type StartTraining = z.output<typeof StartTraining>;

export const TrainingRef = z.object({ id: z.string().min(1).max(64) });
export type TrainingRef = z.output<typeof TrainingRef>;
export const TrainingFilter = ListQuery.omit({ ending_before: true }).extend({
  app: Pair.app.optional(),
  type: Pair.type.optional(),
});
export type TrainingFilter = z.output<typeof TrainingFilter>;
export const RoundFilter = TrainingFilter.extend({ status: z.enum(trainingStatuses).optional() });
export type RoundFilter = z.output<typeof RoundFilter>;
export const ActiveArtifact = z.object({
  type: Pair.type,
  known: z.string().max(64).optional().describe("The sha256 you have; its content is left out then"),
  app: Pair.app.optional().describe("An app's key says it already"),
});
export type ActiveArtifact = z.output<typeof ActiveArtifact>;
export const ArtifactContent = ArtifactView.omit({ shadow: true }).extend({ content: z.string().nullable() });
export type ArtifactContent = z.output<typeof ArtifactContent>;

const shared = { tag: "Learning", security: "key", status: 200 } as const;
const one = { ...shared, params: TrainingRef, response: TrainingView } as const;
const problems = { 404: "not_found", 409: "training_not_there" };

export const startTrainingEndpoint = endpoint({
  ...shared,
  id: "startTraining",
  method: "POST",
  path: "/api/v1/trainings",
  summary: "Train a model on the labels gathered so far",
  description:
    "For admins. A worker learns from two thirds of the labelled decisions, never from known answers or blind reviews, and measures the new model against the active one on the others.",
  body: StartTraining,
  response: TrainingView,
  status: 202,
  problems: { 404: "not_found", 409: "training_under_way" },
});
export const listTrainingsEndpoint = endpoint({
  ...shared,
  id: "listTrainings",
  method: "GET",
  path: "/api/v1/trainings",
  summary: "List rounds of training",
  query: RoundFilter,
  response: listOf(TrainingView),
});
export const getTrainingEndpoint = endpoint({
  ...one,
  id: "getTraining",
  method: "GET",
  path: "/api/v1/trainings/{id}",
  summary: "Get a round of training with its report",
  problems: { 404: "not_found" },
});
export const shadowTrainingEndpoint = endpoint({
  ...one,
  id: "shadowTraining",
  method: "POST",
  path: "/api/v1/trainings/{id}/shadow",
  summary: "Let the new model answer in shadow",
  description:
    "What it would have said of each new decision is recorded; nothing is done. Another one in shadow steps back.",
  problems,
});
export const proposeTrainingEndpoint = endpoint({
  ...one,
  id: "proposeTraining",
  method: "POST",
  path: "/api/v1/trainings/{id}/propose",
  summary: "Propose the new model",
  problems,
});
export const signTrainingEndpoint = endpoint({
  ...one,
  id: "signTraining",
  method: "POST",
  path: "/api/v1/trainings/{id}/sign",
  summary: "Sign a proposed model, as another admin",
  description: "It becomes the active one, and the one before it retires.",
  problems: { ...problems, 403: "own_proposal" },
});
export const declineTrainingEndpoint = endpoint({
  ...one,
  id: "declineTraining",
  method: "POST",
  path: "/api/v1/trainings/{id}/decline",
  summary: "Decline a new model",
  problems,
});
export const listArtifactsEndpoint = endpoint({
  ...shared,
  id: "listModelArtifacts",
  method: "GET",
  path: "/api/v1/model_artifacts",
  summary: "List the models trained here",
  query: TrainingFilter,
  response: listOf(ArtifactView),
});
export const activeArtifactEndpoint = endpoint({
  ...shared,
  id: "getActiveModelArtifact",
  method: "GET",
  path: "/api/v1/model_artifacts/active",
  summary: "Fetch the model in force",
  description: "For an app that runs its model itself. Its `model` is what the app's decisions name.",
  query: ActiveArtifact,
  response: ArtifactContent,
  problems: { 404: "not_found" },
});
export const restoreArtifactEndpoint = endpoint({
  ...shared,
  id: "restoreModelArtifact",
  method: "POST",
  path: "/api/v1/model_artifacts/{id}/restore",
  summary: "Go back to a model that was in force before",
  params: TrainingRef,
  response: ArtifactView,
  problems: { 404: "not_found", 409: "training_not_there" },
});

export const trainingEndpoints = [
  startTrainingEndpoint,
  listTrainingsEndpoint,
  getTrainingEndpoint,
  shadowTrainingEndpoint,
  proposeTrainingEndpoint,
  signTrainingEndpoint,
  declineTrainingEndpoint,
  listArtifactsEndpoint,
  activeArtifactEndpoint,
  restoreArtifactEndpoint,
] as const;
