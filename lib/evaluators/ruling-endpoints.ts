import { endpoint } from "@/lib/kernel/endpoint";
import { NextRuling, NextRulingQuery, RulingBody, RulingView } from "./rulings";
import { EvaluatorRef, ScoreRef } from "./views";

const about = { tag: "Evaluators", security: "key", status: 200 } as const;
const people = "For people: a personal access token or a session.";

export const nextRulingEndpoint = endpoint({
  ...about,
  id: "nextRuling",
  method: "GET",
  path: "/api/v1/evaluators/{evaluator}/rulings/next",
  summary: "Get a case to rule on, without the evaluator's score",
  description: `${people} At random among what the current version scored and this person has not ruled on; what nobody has said anything of comes first.`,
  params: EvaluatorRef,
  query: NextRulingQuery,
  response: NextRuling,
  problems: { 404: "not_found", 409: "conflict" },
});
export const ruleOnScoreEndpoint = endpoint({
  ...about,
  id: "ruleOnScore",
  method: "POST",
  path: "/api/v1/scores/{score}/ruling",
  summary: "Rule on what an evaluator scored",
  description: `${people} Once: the evaluator's score is in the answer, and a ruling after it would not be blind. Its agreement with people is measured by it.`,
  params: ScoreRef,
  body: RulingBody,
  response: RulingView,
  status: 201,
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});

export const rulingEndpoints = [nextRulingEndpoint, ruleOnScoreEndpoint] as const;
