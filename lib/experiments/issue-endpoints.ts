import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { DatasetVersionView } from "./datasets";
import { ExperimentView, NewCandidate } from "./experiments";

const IssueRef = z.object({ issue: z.string().max(64) });
const about = { tag: "Issues", security: "key", params: IssueRef, status: 201 } as const;

/** What is to have ended an issue, beside what the app said at the time. */
export const TryIssue = z.strictObject({
  candidate: NewCandidate.omit({ baseline: true }).describe(
    "What is to be tried; what was recorded is the baseline",
  ),
  margin: z.number().gt(0).max(0.5).default(0.02),
  cost_cap_micros: z.int().min(0).optional(),
});
export type TryIssue = z.output<typeof TryIssue>;

export const refreshIssueSetEndpoint = endpoint({
  ...about,
  id: "refreshIssueSet",
  method: "POST",
  path: "/api/v1/issues/{issue}/regression_set",
  summary: "Make an issue's regression set, or its next version",
  description: "Of all decisions attached to it. A worker gathers them; those without a truth are left out.",
  response: DatasetVersionView,
  problems: { 404: "There is no such issue", 409: "Nothing is attached to it" },
});

export const tryIssueEndpoint = endpoint({
  ...about,
  id: "tryIssue",
  method: "POST",
  path: "/api/v1/issues/{issue}/experiments",
  summary: "Try something over an issue's regression set",
  description:
    "An experiment over all of its newest version. When its gate has passed, the issue may be closed.",
  body: TryIssue,
  response: ExperimentView,
  problems: {
    404: "There is no such issue",
    409: "Its set is not ready, or lacks decisions that were attached since",
    422: "The candidate is none of the issue's app and type",
  },
});

export const issueExperimentEndpoints = [refreshIssueSetEndpoint, tryIssueEndpoint];
