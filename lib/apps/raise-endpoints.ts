import { endpoint } from "@/lib/kernel/endpoint";
import { AutonomyRef } from "./inputs";
import { CloseBody, RaiseBody, RaiseRef, RaiseView } from "./raises";
import { AutonomyView } from "./views";

const about = { tag: "Autonomy", security: "key", method: "POST" } as const;
const path = "/api/v1/apps/{app}/autonomy/{type}/proposals";

export const proposeRaiseEndpoint = endpoint({
  ...about,
  id: "proposeAutonomyRaise",
  path,
  summary: "Propose that an app may act alone more than now",
  description:
    "Admins. For a decision type that moves money or cannot be undone: another admin signs it. Send the setting as a whole, with the version you read.",
  params: AutonomyRef,
  body: RaiseBody,
  response: RaiseView,
  status: 201,
  problems: { 404: "not_found", 409: "proposal_open", 412: "stale_version", 422: "validation_failed" },
});
export const signRaiseEndpoint = endpoint({
  ...about,
  id: "signAutonomyRaise",
  path: `${path}/{proposal}/sign`,
  summary: "Sign what another admin proposed",
  description: "It is in force at once. Whoever proposed it does not sign it.",
  params: RaiseRef,
  response: AutonomyView,
  status: 200,
  problems: { 403: "own_proposal", 404: "not_found", 409: "proposal_lapsed" },
});
export const closeRaiseEndpoint = endpoint({
  ...about,
  id: "closeAutonomyRaise",
  path: `${path}/{proposal}/close`,
  summary: "Decline what another admin proposed, or withdraw your own",
  description: "Nothing changes. The reason is kept in the journal.",
  params: RaiseRef,
  body: CloseBody,
  response: RaiseView,
  status: 200,
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});

export const raiseEndpoints = [proposeRaiseEndpoint, signRaiseEndpoint, closeRaiseEndpoint] as const;
