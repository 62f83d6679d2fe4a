import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import {
  AgreementView,
  NewPlan,
  NewRubric,
  PlanPreview,
  PlanSummary,
  PlanView,
  PreviewPlan,
  RubricView,
  SendToAudit,
} from "./plans";
import { AuditSummary } from "./schema";

const about = { tag: "Audits", security: "key", status: 200 } as const;
const PlanParams = z.object({ plan: z.string().max(64) });
const RubricParams = z.object({ rubric: z.string().max(64) });
const people = "For people: a personal access token or a session.";

export const listPlansEndpoint = endpoint({
  ...about,
  id: "listSamplingPlans",
  method: "GET",
  path: "/api/v1/sampling_plans",
  summary: "List sampling plans",
  description: people,
  query: ListQuery,
  response: listOf(PlanSummary),
});

export const createPlanEndpoint = endpoint({
  ...about,
  id: "createSamplingPlan",
  method: "POST",
  path: "/api/v1/sampling_plans",
  summary: "Write a sampling plan",
  description: `${people} A draft: nothing is drawn yet.`,
  body: NewPlan,
  response: PlanView,
  problems: { 422: "A part of it is not understood, or does not fit its kind" },
});

export const previewPlanEndpoint = endpoint({
  ...about,
  id: "previewSamplingPlan",
  method: "POST",
  path: "/api/v1/sampling_plans/preview",
  summary: "Preview a sampling plan",
  description:
    "Per stratum how many decisions are eligible, how many it would draw, and the margin that gives.",
  body: PreviewPlan,
  response: PlanPreview,
  problems: { 422: "A part of it is not understood, or does not fit its kind" },
});

export const getPlanEndpoint = endpoint({
  ...about,
  id: "getSamplingPlan",
  method: "GET",
  path: "/api/v1/sampling_plans/{plan}",
  summary: "Get a sampling plan with its progress and estimate",
  params: PlanParams,
  response: PlanView,
  problems: { 404: "There is no such plan" },
});

export const drawPlanEndpoint = endpoint({
  ...about,
  id: "drawSamplingPlan",
  method: "POST",
  path: "/api/v1/sampling_plans/{plan}/draw",
  summary: "Draw a sampling plan",
  description:
    "Once. Each eligible decision is drawn with its stratum's rate by a keyed hash of its id, and the probability that any draw so far would have chosen it is stored with its audit.",
  params: PlanParams,
  response: PlanView,
  problems: { 404: "There is no such plan", 409: "It is drawn already" },
});

export const closePlanEndpoint = endpoint({
  ...about,
  id: "closeSamplingPlan",
  method: "POST",
  path: "/api/v1/sampling_plans/{plan}/close",
  summary: "Close a sampling plan",
  description: "Puts it away. Its audits stay, and stay open where nobody has judged them.",
  params: PlanParams,
  response: PlanView,
  problems: { 404: "There is no such plan" },
});

export const agreementEndpoint = endpoint({
  ...about,
  id: "auditAgreement",
  method: "GET",
  path: "/api/v1/audits/agreement",
  summary: "Agreement between auditors",
  description: "Over audits that two or more auditors judged without knowing of each other.",
  query: z.object({ plan: z.string().max(64).optional().describe("Id of a sampling plan") }),
  response: AgreementView,
});

export const sendToAuditEndpoint = endpoint({
  ...about,
  id: "sendToAudit",
  method: "POST",
  path: "/api/v1/audits",
  summary: "Send one decision to be audited",
  description:
    "By choice: its judgement is kept and shown, and makes no label, because what was chosen says nothing of what was not. Somebody else judges it.",
  body: SendToAudit,
  response: AuditSummary,
  problems: { 404: "There is no such decision", 409: "It is not decided yet, or is audited already" },
});

export const listRubricsEndpoint = endpoint({
  ...about,
  id: "listRubrics",
  method: "GET",
  path: "/api/v1/rubrics",
  summary: "List rubrics",
  description: people,
  query: ListQuery,
  response: listOf(RubricView),
});

export const createRubricEndpoint = endpoint({
  ...about,
  id: "createRubric",
  method: "POST",
  path: "/api/v1/rubrics",
  summary: "Write a rubric",
  description:
    "Questions with up to nine answers each, asked after the auditor's own answer. It never changes.",
  body: NewRubric,
  response: RubricView,
});

export const archiveRubricEndpoint = endpoint({
  ...about,
  id: "archiveRubric",
  method: "POST",
  path: "/api/v1/rubrics/{rubric}/archive",
  summary: "Archive a rubric",
  description: "No new plan can ask it; plans that do go on.",
  params: RubricParams,
  response: RubricView,
  problems: { 404: "There is no such rubric" },
});

export const planEndpoints = [
  agreementEndpoint,
  sendToAuditEndpoint,
  listPlansEndpoint,
  createPlanEndpoint,
  previewPlanEndpoint,
  getPlanEndpoint,
  drawPlanEndpoint,
  closePlanEndpoint,
  listRubricsEndpoint,
  createRubricEndpoint,
  archiveRubricEndpoint,
];
