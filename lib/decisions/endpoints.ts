import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { DecisionFilter, DecisionView } from "./schema";

const DecisionParams = z.object({ decision: z.string().max(64) });

export const getDecisionEndpoint = endpoint({
  id: "getDecision",
  method: "GET",
  path: "/api/v1/decisions/{decision}",
  tag: "Decisions",
  summary: "Get a decision",
  security: "key",
  scope: "decisions:read",
  params: DecisionParams,
  response: DecisionView,
  status: 200,
  problems: { 404: "There is no such decision" },
});

export const listDecisionsEndpoint = endpoint({
  id: "listDecisions",
  method: "GET",
  path: "/api/v1/decisions",
  tag: "Decisions",
  summary: "List decisions, newest first",
  security: "key",
  scope: "decisions:read",
  query: DecisionFilter,
  response: listOf(DecisionView),
  status: 200,
  problems: { 422: "A filter is not understood" },
});

export const waitForDecisionEndpoint = endpoint({
  id: "waitForDecision",
  method: "GET",
  path: "/api/v1/decisions/{decision}/wait",
  tag: "Decisions",
  summary: "Wait until a decision is final",
  description: "Answers as soon as the decision is final, or with its current state when the time is over.",
  security: "key",
  scope: "decisions:read",
  params: DecisionParams,
  query: z.object({ timeout: z.coerce.number().min(0).max(60).default(30) }),
  response: DecisionView,
  status: 200,
  problems: { 404: "There is no such decision" },
});

export const decisionEndpoints = [listDecisionsEndpoint, getDecisionEndpoint, waitForDecisionEndpoint];
