import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import {
  CheckRules,
  CreatePolicy,
  DraftInput,
  PolicyCheck,
  PolicyDivergence,
  PolicyFilter,
  PolicyPatch,
  PolicyRef,
  PolicyVersionView,
  PolicyView,
  RollBackInput,
  StepInput,
} from "./views";

const about = { tag: "Policies", security: "key", status: 200 } as const;
const path = "/api/v1/policies";
const one = `${path}/{policy}` as const;
const read = { ...about, params: PolicyRef } as const;
const stale = { 404: "not_found", 412: "stale_version" } as const;

export const listPoliciesEndpoint = endpoint({
  ...about,
  id: "listPolicies",
  method: "GET",
  path,
  summary: "List policies, in the order they are asked",
  description: "With what their rules did in seven days, and what looks wrong about them.",
  query: PolicyFilter,
  response: listOf(PolicyView),
  problems: { 404: "not_found" },
});
export const createPolicyEndpoint = endpoint({
  ...about,
  id: "createPolicy",
  method: "POST",
  path,
  summary: "Create a policy",
  description: "Admins only. Its first version is a draft: nothing is in force before two people agreed.",
  body: CreatePolicy,
  response: PolicyView,
  status: 201,
  problems: { 404: "not_found", 409: "key_taken", 422: "validation_failed" },
});
export const evaluatePolicyEndpoint = endpoint({
  ...about,
  id: "evaluatePolicy",
  method: "POST",
  path: `${path}/validate`,
  summary: "Check rules and run fixtures",
  description: "Says where in a rule something is wrong, and how to write it. Stores nothing.",
  body: CheckRules,
  response: PolicyCheck,
});
export const getPolicyEndpoint = endpoint({
  ...read,
  id: "getPolicy",
  method: "GET",
  path: one,
  summary: "Get a policy",
  response: PolicyView,
  problems: { 404: "not_found" },
});
export const changePolicyEndpoint = endpoint({
  ...about,
  id: "changePolicy",
  method: "PATCH",
  path: one,
  summary: "Rename, move or archive a policy",
  description: "Admins only. What its rules say is changed by versions.",
  params: PolicyRef,
  body: PolicyPatch,
  response: PolicyView,
  problems: { ...stale, 409: "policy_in_force" },
});
export const saveDraftEndpoint = endpoint({
  ...about,
  id: "savePolicyDraft",
  method: "PUT",
  path: `${one}/draft`,
  summary: "Save what the next version says",
  description: "Admins only. A rule that cannot be used yet is kept as it is; it only cannot go further.",
  params: PolicyRef,
  body: DraftInput,
  response: PolicyView,
  problems: { ...stale, 409: "in_shadow", 422: "validation_failed" },
});
export const testPolicyEndpoint = endpoint({
  ...about,
  id: "testPolicy",
  method: "POST",
  path: `${one}/test`,
  summary: "Run a policy's fixtures",
  description: "Those of its draft, or of what is in force where it has none.",
  params: PolicyRef,
  body: z.strictObject({}),
  response: PolicyCheck,
  problems: { 404: "not_found" },
});
export const startShadowEndpoint = step({
  id: "startPolicyShadow",
  path: `${one}/shadow`,
  summary: "Let the draft run in shadow",
  description: "Admins only. It is asked about every decision, and only counted.",
  problems: { ...stale, 409: "no_draft, in_shadow", 422: "invalid_rule with the place in the rule" },
});
export const endShadowEndpoint = step({
  id: "endPolicyShadow",
  path: `${one}/end_shadow`,
  summary: "Take the version in shadow back to draft",
  description: "Admins only.",
  problems: { ...stale, 409: "not_in_shadow" },
});
export const publishPolicyEndpoint = step({
  id: "publishPolicy",
  path: `${one}/activate`,
  summary: "Put the version in shadow in force",
  description:
    "Another admin than the one who edited it last. Its fixtures pass; one that may ask for less was replayed on all types of every app it holds for, and what any of its replays lists was opened.",
  problems: {
    ...stale,
    403: "same_person",
    409: "no_draft, not_in_shadow, fixtures_failed, replay_required, flips_unopened",
    422: "invalid_rule",
  },
});
export const discardDraftEndpoint = step({
  id: "discardPolicyDraft",
  path: `${one}/discard_draft`,
  summary: "Give the draft up",
  description: "Admins only.",
  problems: { ...stale, 409: "no_draft, in_shadow" },
});
export const rollBackPolicyEndpoint = endpoint({
  ...about,
  id: "rollBackPolicy",
  method: "POST",
  path: `${one}/rollback`,
  summary: "Make an earlier version the draft",
  description: "Admins only. From there it goes the way of every draft: shadow, and a second admin.",
  params: PolicyRef,
  body: RollBackInput,
  response: PolicyView,
  problems: { ...stale, 409: "in_shadow" },
});
export const listPolicyVersionsEndpoint = endpoint({
  ...read,
  id: "listPolicyVersions",
  method: "GET",
  path: `${one}/versions`,
  summary: "What a policy said, version by version",
  response: listOf(PolicyVersionView),
  problems: { 404: "not_found" },
});
export const listPolicyDivergencesEndpoint = endpoint({
  ...read,
  id: "listPolicyDivergences",
  method: "GET",
  path: `${one}/divergences`,
  summary: "Decisions that the version in shadow would have routed otherwise",
  response: listOf(PolicyDivergence),
  problems: { 404: "not_found" },
});

type Step = {
  id: string;
  path: `/api/v1/${string}`;
  summary: string;
  description: string;
  problems: Readonly<Record<number, string>>;
};

function step(spec: Step) {
  return endpoint({
    ...about,
    ...spec,
    method: "POST",
    params: PolicyRef,
    body: StepInput,
    response: PolicyView,
  });
}

export const policyEndpoints = [
  listPoliciesEndpoint,
  createPolicyEndpoint,
  evaluatePolicyEndpoint,
  getPolicyEndpoint,
  changePolicyEndpoint,
  saveDraftEndpoint,
  testPolicyEndpoint,
  startShadowEndpoint,
  endShadowEndpoint,
  publishPolicyEndpoint,
  discardDraftEndpoint,
  rollBackPolicyEndpoint,
  listPolicyVersionsEndpoint,
  listPolicyDivergencesEndpoint,
];
