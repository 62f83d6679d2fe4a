import { approvalRuleEndpoints } from "@/lib/reviews/approval-rules";
import { delegationEndpoints } from "@/lib/reviews/delegations";
import { demoEndpoints } from "@/lib/apps/demo";
import { callbackSecretEndpoints } from "@/lib/apps/callback-secret";
import { budgetEndpoints } from "@/lib/apps/budgets";
import { appsEndpoints } from "@/lib/apps/endpoints";
import { importEndpoints } from "@/lib/apps/import-openapi";
import { contractEndpoints } from "@/lib/autonomy/endpoints";
import { thresholdEndpoints } from "@/lib/autonomy/threshold-endpoints";
import { listCalibrationsEndpoint } from "@/lib/autonomy/calibrations";
import { replayEndpoints } from "@/lib/autonomy/replay-endpoints";
import { auditEndpoints } from "@/lib/audits/endpoints";
import { planEndpoints } from "@/lib/audits/plan-endpoints";
import { decisionEndpoints } from "@/lib/decisions/endpoints";
import { getSubjectEndpoint } from "@/lib/decisions/subjects";
import { certificationEndpoints } from "@/lib/execution/certification";
import { callbackEndpoints } from "@/lib/execution/callback";
import { deskEndpoints } from "@/lib/execution/desk";
import { reconciliationEndpoints } from "@/lib/execution/reconciliation";
import { executionEndpoints } from "@/lib/execution/schema";
import { toolEndpoints } from "@/lib/execution/tools";
import { undoEndpoints } from "@/lib/execution/undo";
import { attentionEndpoint } from "@/lib/evaluations/attention-view";
import { boardEndpoints } from "@/lib/evaluations/board-schema";
import { metricEndpoints } from "@/lib/evaluations/schema";
import { evaluatorEndpoints } from "@/lib/evaluators/endpoints";
import { rulingEndpoints } from "@/lib/evaluators/ruling-endpoints";
import { issueExperimentEndpoints } from "@/lib/experiments/issue-endpoints";
import { exportEndpoints } from "@/lib/exports/contract";
import { discrepancyEndpoints } from "@/lib/discrepancies/endpoints";
import { datasetEndpoints } from "@/lib/experiments/dataset-endpoints";
import { experimentEndpoints } from "@/lib/experiments/experiment-endpoints";
import { feedbackEndpoints } from "@/lib/feedback/endpoints";
import { intakeEndpoints } from "@/lib/intake/schema";
import {
  createApiKeyEndpoint,
  listApiKeysEndpoint,
  listMembersEndpoint,
  revokeApiKeyEndpoint,
  whoamiEndpoint,
} from "@/lib/identity/schema";
import { learningExportEndpoints } from "@/lib/learning/exports";
import { fineTuneEndpoints } from "@/lib/learning/fine-tunes";
import { trainingEndpoints } from "@/lib/learning/trainings";
import { savedViewEndpoints } from "@/lib/identity/saved-views";
import { modelEndpoints } from "@/lib/models/catalogue";
import { driftEndpoints } from "@/lib/monitors/drift-endpoints";
import { monitorEndpoints } from "@/lib/monitors/endpoints";
import { incidentEndpoints } from "@/lib/monitors/incidents";
import { countWaitingEndpoint } from "@/lib/monitors/waiting";
import { noticeEndpoints } from "@/lib/notices/endpoints";
import { moderationEndpoints } from "@/lib/policies/moderation/endpoints";
import type { Endpoint } from "@/lib/kernel/endpoint";
import { reviewEndpoints } from "@/lib/reviews/endpoints";
import { passingEndpoints } from "@/lib/reviews/passing";
import { policyEndpoints } from "@/lib/policies/policy-endpoints";
import { promptEndpoints } from "@/lib/prompts/endpoints";
import { runEndpoints } from "@/lib/prompts/run-endpoints";
import { queueEndpoints } from "@/lib/reviews/queue-endpoints";
import { measureEndpoints } from "@/lib/reviews/measures";

/** Every endpoint of the API, room by room along a decision's way. A test holds it against the route files. */
export const endpoints: readonly Endpoint[] = [
  ...intakeEndpoints,
  ...decisionEndpoints,
  getSubjectEndpoint,
  ...reviewEndpoints,
  ...passingEndpoints,
  ...queueEndpoints,
  ...measureEndpoints,
  ...approvalRuleEndpoints,
  ...delegationEndpoints,
  ...executionEndpoints,
  ...deskEndpoints,
  ...undoEndpoints,
  ...callbackEndpoints,
  ...reconciliationEndpoints,
  ...auditEndpoints,
  ...planEndpoints,
  ...feedbackEndpoints,
  ...discrepancyEndpoints,
  ...issueExperimentEndpoints,
  ...exportEndpoints,
  ...evaluatorEndpoints,
  ...rulingEndpoints,
  ...noticeEndpoints,
  ...datasetEndpoints,
  ...experimentEndpoints,
  ...metricEndpoints,
  ...boardEndpoints,
  attentionEndpoint,
  ...monitorEndpoints,
  ...incidentEndpoints,
  countWaitingEndpoint,
  ...driftEndpoints,
  ...appsEndpoints,
  ...contractEndpoints,
  ...thresholdEndpoints,
  ...replayEndpoints,
  ...policyEndpoints,
  listCalibrationsEndpoint,
  ...moderationEndpoints,
  ...trainingEndpoints,
  ...learningExportEndpoints,
  ...fineTuneEndpoints,
  ...budgetEndpoints,
  ...modelEndpoints,
  ...promptEndpoints,
  ...runEndpoints,
  ...importEndpoints,
  ...toolEndpoints,
  ...callbackSecretEndpoints,
  ...certificationEndpoints,
  whoamiEndpoint,
  listApiKeysEndpoint,
  createApiKeyEndpoint,
  revokeApiKeyEndpoint,
  listMembersEndpoint,
  ...savedViewEndpoints,
  ...demoEndpoints,
] as readonly Endpoint[];

/** What each group of endpoints is about, in the order people meet them. */
export const tags: Record<string, string> = {
  Decisions: "Submit decisions, follow them, take them back.",
  Reviews: "Rule on what the router sent to people. A person's token only: an app's key can never rule.",
  "Approval rules": "Who must approve what: stages in order, each by how many and by whom.",
  Delegations: "One reviewer's authority lent to another for a while.",
  Reviewers: "How rulings held up where the right answer is known. Private to the reviewer and their lead.",
  Queues:
    "Who is asked what: rules that fill them, members, order, times, and what happens when nobody answers.",
  People: "What reviewers can, and whether they are there.",
  Executions: "What was carried out on the company's systems, attempt by attempt.",
  Certifications: "Proof that a system does what its connector claims, asked of a sandbox.",
  Callbacks: "What connected systems report back, signed.",
  Reconciliations: "Our record compared with a system's own ledger, both ways.",
  Audits: "Re-judge a random sample of what ran alone, blind first.",
  Feedback: "What anybody says of a decision.",
  Discrepancies: "Decisions that models, people and outcomes disagree about, and why it went wrong.",
  Issues: "What goes wrong again and again, until a regression set has passed.",
  Outcomes: "What turned out to be true, possibly late.",
  Exports: "A list's current filter as a file, written by a worker.",
  Learning: "What people said, as a better model: rounds of training, training files, fine-tuning.",
  Appeals: "Tell the person a decision is about, and take their word on it.",
  Notifications: "What people are told: in the bell, by mail, on a webhook.",
  Evaluators:
    "What scores decisions and candidates, in versions; how far people agree with it, and when it stops counting.",
  Datasets: "Cases whose right answer is known, in versions that never change, split by subject.",
  Experiments:
    "Candidates beside each other on one dataset, with paired differences and the gate before promotion.",
  Metrics: "Figures with their population, weighting and interval.",
  Monitors: "Figures that are watched, and the incidents they open.",
  Drift:
    "Whether decisions look as they did: features against a reference, with false discoveries held down.",
  Apps: "LLM apps and how far each may act alone.",
  Autonomy: "How far an app may act alone with one decision type.",
  Contracts:
    "Autonomy that evidence earns: a promise, what audits show of it, and who signed. Taken back by anybody, and by itself.",
  Replays: "The time machine: past decisions routed again under a draft, before it is in force.",
  Calibration: "What a stated confidence has been worth, as a map to the probability of being right.",
  Policies:
    "Rules that ask for more caution: drafted, run in shadow, put in force by a second admin. None lets anything run.",
  Moderation: "Agents that look for harm in a decision's text; what they find only ever adds caution.",
  Models: "What prompts, judges and the LLM auditor are answered by; keys are sealed and never returned.",
  Prompts: "What an app's own model is asked, as versions: drafted, run in shadow, activated, rolled back.",
  Runs: "Questions to models and what became of them; a decision made here from an input.",
  "Decision types": "What kinds of decision there are, with their JSON Schemas.",
  Connectors: "Typed doors to the company's systems.",
  Stops: "The kill switch: everything, an app, a decision type or a connector.",
  Budgets: "What may be carried out in an hour or a day; what goes over one goes back to a person.",
  "Saved views": "Filters of lists that people keep under a name.",
  Identity: "Keys, members, and who is calling.",
  Demo: "The pace of the demo's stream.",
};
