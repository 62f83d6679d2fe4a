import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { ComparedItem, ExperimentView, NewExperiment } from "./experiments";
import { experimentStatuses } from "./vocabulary";

const about = { tag: "Experiments", security: "key", status: 200 } as const;
const people = "For people: a personal access token or a session.";
const Page = ListQuery.omit({ ending_before: true });

const ExperimentRef = z.object({ experiment: z.string().min(1).max(64) });

const ExperimentQuery = Page.extend({
  app: z.string().min(1).max(100).optional().describe("Key or id of an app"),
  status: z.enum(experimentStatuses).optional(),
  issue: z.string().min(1).max(64).optional(),
});
export type ExperimentQuery = z.output<typeof ExperimentQuery>;

export const comparedShows = ["all", "disagreements", "wrong", "unanswered"] as const;
export type ComparedShow = (typeof comparedShows)[number];
const ComparedQuery = Page.extend({
  show: z
    .enum(comparedShows)
    .default("all")
    .describe(
      "disagreements: candidates say different things; wrong: one of them is; unanswered: an answer failed or was interrupted",
    ),
});
export type ComparedQuery = z.output<typeof ComparedQuery>;

export const resultFormats = ["csv", "jsonl"] as const;

export const listExperimentsEndpoint = endpoint({
  ...about,
  id: "listExperiments",
  method: "GET",
  path: "/api/v1/experiments",
  summary: "List experiments, newest first",
  description: people,
  query: ExperimentQuery,
  response: listOf(ExperimentView),
  problems: { 404: "not_found" },
});
export const createExperimentEndpoint = endpoint({
  ...about,
  id: "createExperiment",
  method: "POST",
  path: "/api/v1/experiments",
  summary: "Run candidates over a dataset",
  description: `${people} Admins. A worker does it and never asks the same question twice by itself: follow it at Location.`,
  body: NewExperiment,
  response: ExperimentView,
  status: 202,
  problems: { 404: "not_found", 409: "dataset_not_ready", 422: "A part of it is not understood" },
});
export const getExperimentEndpoint = endpoint({
  ...about,
  id: "getExperiment",
  method: "GET",
  path: "/api/v1/experiments/{experiment}",
  summary: "Get an experiment with its progress, figures and gate",
  description: people,
  params: ExperimentRef,
  response: ExperimentView,
  problems: { 404: "not_found" },
});
export const pauseExperimentEndpoint = endpoint({
  ...about,
  id: "pauseExperiment",
  method: "POST",
  path: "/api/v1/experiments/{experiment}/pause",
  summary: "Pause an experiment",
  description: `${people} Admins. What is being asked is still heard; nothing more is asked.`,
  params: ExperimentRef,
  response: ExperimentView,
  problems: { 404: "not_found", 409: "experiment_not_running" },
});
export const resumeExperimentEndpoint = endpoint({
  ...about,
  id: "resumeExperiment",
  method: "POST",
  path: "/api/v1/experiments/{experiment}/resume",
  summary: "Go on with an experiment that is paused",
  description: `${people} Admins. A higher cap may be given with it.`,
  params: ExperimentRef,
  body: z.strictObject({ cost_cap_micros: z.int().min(0).nullish() }),
  response: ExperimentView,
  problems: { 404: "not_found", 409: "experiment_not_paused" },
});
export const cancelExperimentEndpoint = endpoint({
  ...about,
  id: "cancelExperiment",
  method: "POST",
  path: "/api/v1/experiments/{experiment}/cancel",
  summary: "Cancel an experiment",
  description: `${people} Admins. Answers that are there stay.`,
  params: ExperimentRef,
  response: ExperimentView,
  problems: { 404: "not_found", 409: "experiment_finished" },
});
export const askAgainEndpoint = endpoint({
  ...about,
  id: "askExperimentAgain",
  method: "POST",
  path: "/api/v1/experiments/{experiment}/ask_again",
  summary: "Ask again what has no answer",
  description: `${people} Admins. Of what was interrupted nobody knows whether it was paid: it may be paid a second time.`,
  params: ExperimentRef,
  body: z.strictObject({ of: z.enum(["interrupted", "failed"]) }),
  response: ExperimentView,
  problems: { 404: "not_found", 409: "nothing_to_ask" },
});
export const listExperimentItemsEndpoint = endpoint({
  ...about,
  id: "listExperimentItems",
  method: "GET",
  path: "/api/v1/experiments/{experiment}/items",
  summary: "List items with every candidate's answer",
  description: `${people} In the dataset's order; personal data is masked for whoever may not read it.`,
  params: ExperimentRef,
  query: ComparedQuery,
  response: listOf(ComparedItem),
  problems: { 404: "not_found" },
});
export const experimentResultsEndpoint = endpoint({
  ...about,
  id: "getExperimentResults",
  method: "GET",
  path: "/api/v1/experiments/{experiment}/results/{format}",
  summary: "Download every answer as CSV or JSON Lines",
  description: `${people} One line an item and candidate.`,
  params: ExperimentRef.extend({ format: z.enum(resultFormats) }),
  response: z.string(),
  responseTypes: ["text/csv", "application/x-ndjson"],
  problems: { 404: "not_found" },
});

export const experimentEndpoints = [
  listExperimentsEndpoint,
  createExperimentEndpoint,
  getExperimentEndpoint,
  pauseExperimentEndpoint,
  resumeExperimentEndpoint,
  cancelExperimentEndpoint,
  askAgainEndpoint,
  listExperimentItemsEndpoint,
  experimentResultsEndpoint,
] as const;
