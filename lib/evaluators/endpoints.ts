import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import {
  AgreementQuery,
  AgreementView,
  Because,
  CreateEvaluator,
  EvaluatorFilter,
  EvaluatorPatch,
  EvaluatorRef,
  EvaluatorVersionView,
  EvaluatorView,
  RuleBody,
  RulePatch,
  RuleRef,
  ScoreFilter,
  ScoreRef,
  ScoresBody,
  ScoresGiven,
  ScoreView,
  Trial,
  TryEvaluator,
  VersionBody,
} from "./views";

const about = { tag: "Evaluators", security: "key", status: 200 } as const;
const path = "/api/v1/evaluators";
const one = `${path}/{evaluator}` as const;
const ofOne = { ...about, params: EvaluatorRef } as const;
const wrong = { 404: "not_found", 422: "validation_failed" } as const;

export const listEvaluatorsEndpoint = endpoint({
  ...about,
  id: "listEvaluators",
  method: "GET",
  path,
  summary: "List evaluators, newest first",
  scope: "decisions:read",
  query: EvaluatorFilter,
  response: listOf(EvaluatorView),
  problems: { 404: "not_found" },
});
export const createEvaluatorEndpoint = endpoint({
  ...about,
  id: "createEvaluator",
  method: "POST",
  path,
  summary: "Create an evaluator",
  description: "Admins only. Nothing is scored before a rule says which decisions.",
  body: CreateEvaluator,
  response: EvaluatorView,
  status: 201,
  problems: { ...wrong, 409: "key_taken" },
});
export const tryEvaluatorEndpoint = endpoint({
  ...about,
  id: "tryEvaluator",
  method: "POST",
  path: `${path}/try`,
  summary: "Try a configuration on a past decision",
  description: "Admins only. Stores no score; a judge's model is asked for real, and costs what it costs.",
  body: TryEvaluator,
  response: Trial,
  problems: wrong,
});
export const getEvaluatorEndpoint = endpoint({
  ...ofOne,
  id: "getEvaluator",
  method: "GET",
  path: one,
  summary: "Get an evaluator",
  scope: "decisions:read",
  response: EvaluatorView,
  problems: { 404: "not_found" },
});
export const updateEvaluatorEndpoint = endpoint({
  ...ofOne,
  id: "updateEvaluator",
  method: "PATCH",
  path: one,
  summary: "Rename an evaluator, or set its floor",
  body: EvaluatorPatch,
  response: EvaluatorView,
  problems: wrong,
});
export const archiveEvaluatorEndpoint = endpoint({
  ...ofOne,
  id: "archiveEvaluator",
  method: "POST",
  path: `${one}/archive`,
  summary: "Archive an evaluator",
  description: "It scores nothing more; what it scored stays. What waited is skipped.",
  response: EvaluatorView,
  problems: { 404: "not_found" },
});
export const restoreEvaluatorEndpoint = endpoint({
  ...ofOne,
  id: "restoreEvaluator",
  method: "POST",
  path: `${one}/restore`,
  summary: "Let a demoted evaluator count again",
  description: "Its agreement is measured anew, over what is scored from now on.",
  body: Because,
  response: EvaluatorView,
  problems: { 404: "not_found", 409: "conflict" },
});
export const listEvaluatorVersionsEndpoint = endpoint({
  ...ofOne,
  id: "listEvaluatorVersions",
  method: "GET",
  path: `${one}/versions`,
  summary: "List an evaluator's versions, newest first",
  scope: "decisions:read",
  response: listOf(EvaluatorVersionView),
  problems: { 404: "not_found" },
});
export const addEvaluatorVersionEndpoint = endpoint({
  ...ofOne,
  id: "addEvaluatorVersion",
  method: "POST",
  path: `${one}/versions`,
  summary: "Make a new version of an evaluator",
  description: "It is the one that scores from now on, counts, and its agreement is measured anew.",
  body: VersionBody,
  response: EvaluatorView,
  status: 201,
  problems: wrong,
});
export const createEvaluatorRuleEndpoint = endpoint({
  ...ofOne,
  id: "createEvaluatorRule",
  method: "POST",
  path: `${one}/rules`,
  summary: "Say which decisions an evaluator scores",
  description:
    "Decisions made from now on. Each is drawn with the rate by a keyed hash of its id, and the probability stands with its score.",
  body: RuleBody,
  response: EvaluatorView,
  status: 201,
  problems: wrong,
});
export const updateEvaluatorRuleEndpoint = endpoint({
  ...about,
  id: "updateEvaluatorRule",
  method: "PATCH",
  path: `${one}/rules/{rule}`,
  summary: "Switch a rule on or off",
  description: "What comes in while it is off is not scored later.",
  params: RuleRef,
  body: RulePatch,
  response: EvaluatorView,
  problems: { 404: "not_found" },
});
export const giveScoresEndpoint = endpoint({
  ...ofOne,
  id: "giveScores",
  method: "POST",
  path: `${one}/scores`,
  summary: "Give an evaluator's scores, or people's rulings",
  description:
    "Up to 1,000 at once. `import`: what the evaluator's own program said. `person`: a ruling it is measured against; people only. Sent again, the latest word counts.",
  scope: "feedback:write",
  body: ScoresBody,
  response: ScoresGiven,
  problems: wrong,
});
export const evaluatorAgreementEndpoint = endpoint({
  ...ofOne,
  id: "evaluatorAgreement",
  method: "GET",
  path: `${one}/agreement`,
  summary: "How far an evaluator agrees with people",
  description:
    "Over the latest 20,000 pairs of the current version. What people said: rulings given here, else whether the proposal was right by the decision's truth.",
  scope: "decisions:read",
  query: AgreementQuery,
  response: AgreementView,
  problems: { 404: "not_found" },
});
export const listScoresEndpoint = endpoint({
  ...about,
  id: "listScores",
  method: "GET",
  path: "/api/v1/scores",
  summary: "List scores",
  description: "Newest first, or disagreements with people first (of the latest 2,000; one page).",
  scope: "decisions:read",
  query: ScoreFilter,
  response: listOf(ScoreView),
  problems: { 404: "not_found" },
});

export const retryScoreEndpoint = endpoint({
  ...about,
  id: "retryScore",
  method: "POST",
  path: "/api/v1/scores/{score}/retry",
  summary: "Have a failed score given again",
  description: "Admins only. What was interrupted may have been paid for once already.",
  params: ScoreRef,
  response: ScoreView,
  problems: { 404: "not_found", 409: "conflict" },
});

export const evaluatorEndpoints = [
  listEvaluatorsEndpoint,
  createEvaluatorEndpoint,
  tryEvaluatorEndpoint,
  getEvaluatorEndpoint,
  updateEvaluatorEndpoint,
  archiveEvaluatorEndpoint,
  restoreEvaluatorEndpoint,
  listEvaluatorVersionsEndpoint,
  addEvaluatorVersionEndpoint,
  createEvaluatorRuleEndpoint,
  updateEvaluatorRuleEndpoint,
  giveScoresEndpoint,
  evaluatorAgreementEndpoint,
  listScoresEndpoint,
  retryScoreEndpoint,
];
