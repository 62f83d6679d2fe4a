import { getDecisionEndpoint, waitForDecisionEndpoint } from "@/lib/decisions/endpoints";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { waitForDecision } from "@/lib/decisions/server/wait-for-decision";
import { apiContext } from "@/lib/identity/server/api-context";
import { handle } from "@/lib/server/handle";
import type { LeanDoor } from "@/lib/server/lean-handler";
import { answerBatch, batchBytes } from "./answer-batch";
import { answerSubmit } from "./answer-submit";

/** What an app calls for every decision: submit, batch, get, wait. */
export const intakeDoors: readonly LeanDoor[] = [
  { method: "POST", path: /^\/api\/v1\/decisions$/, answer: answerSubmit },
  { method: "POST", path: /^\/api\/v1\/decisions\/batch$/, limit: batchBytes, answer: answerBatch },
  {
    method: "GET",
    path: /^\/api\/v1\/decisions\/(?<decision>dec_[0-9a-z]{1,60})$/,
    answer: (incoming) => handle(getDecisionEndpoint, apiContext, getDecision, incoming),
  },
  {
    method: "GET",
    path: /^\/api\/v1\/decisions\/(?<decision>dec_[0-9a-z]{1,60})\/wait$/,
    answer: (incoming) => handle(waitForDecisionEndpoint, apiContext, waitForDecision, incoming),
  },
];
