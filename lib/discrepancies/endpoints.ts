import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import {
  AttachDiscrepancies,
  AuditorView,
  ConfirmDiscrepancy,
  CreateIssue,
  DiscrepancyQuery,
  DiscrepancySummary,
  DiscrepancyView,
  DismissDiscrepancy,
  IssueEvidence,
  IssueEvidenceQuery,
  IssueQuery,
  IssueView,
  SetAuditor,
  UpdateIssue,
} from "./schema";

const people = "For people: a personal access token or a session.";
const DiscrepancyParams = z.object({ discrepancy: z.string().max(64) });
const IssueParams = z.object({ issue: z.string().max(64) });
const AppParams = z.object({ app: z.string().max(100).describe("Key or id of an app") });
const one = { tag: "Discrepancies", security: "key", status: 200, response: DiscrepancyView } as const;
const about = { ...one, params: DiscrepancyParams } as const;
const unknown = "There is no such discrepancy";
const decided = "A person has decided it already";
const refused = "Your role may not, or your own ruling is one of the sides";

export const listDiscrepanciesEndpoint = endpoint({
  ...one,
  id: "listDiscrepancies",
  method: "GET",
  path: "/api/v1/discrepancies",
  summary: "List decisions that people, outcomes and models disagree about, newest first",
  description: `One record a decision. Those of decisions that you are still to answer blind are left out. ${people}`,
  query: DiscrepancyQuery,
  response: listOf(DiscrepancySummary),
});

export const getDiscrepancyEndpoint = endpoint({
  ...about,
  id: "getDiscrepancy",
  method: "GET",
  path: "/api/v1/discrepancies/{discrepancy}",
  summary: "Get a discrepancy with its sides, its evidence and the proposed cause",
  problems: { 403: "You are still to answer the decision blind", 404: unknown },
});

export const confirmDiscrepancyEndpoint = endpoint({
  ...about,
  id: "confirmDiscrepancy",
  method: "POST",
  path: "/api/v1/discrepancies/{discrepancy}/confirm",
  summary: "Say which cause it was",
  description: `It becomes feedback on the decision, with the words it rests on, and joins its issue; a closed issue opens again. ${people}`,
  body: ConfirmDiscrepancy,
  problems: {
    403: refused,
    404: unknown,
    409: `${decided}, or it does not belong to the issue`,
    422: "The cause is not one, or words do not stand where they are said to",
  },
});

export const dismissDiscrepancyEndpoint = endpoint({
  ...about,
  id: "dismissDiscrepancy",
  method: "POST",
  path: "/api/v1/discrepancies/{discrepancy}/dismiss",
  summary: "Say that there is nothing in it, and why",
  body: DismissDiscrepancy,
  problems: { 403: refused, 404: unknown, 409: decided, 422: "The note is missing" },
});

export const reopenDiscrepancyEndpoint = endpoint({
  ...about,
  id: "reopenDiscrepancy",
  method: "POST",
  path: "/api/v1/discrepancies/{discrepancy}/reopen",
  summary: "Take a confirmation or a dismissal back",
  problems: { 404: unknown, 409: "Nobody has decided it yet" },
});

export const askAuditorEndpoint = endpoint({
  ...about,
  id: "askAuditor",
  method: "POST",
  path: "/api/v1/discrepancies/{discrepancy}/ask",
  summary: "Have a cause proposed anew",
  description: "A worker asks the app's model, or our own rules where it names none.",
  problems: { 404: unknown, 409: decided },
});

export const getAuditorEndpoint = endpoint({
  ...one,
  id: "getAuditor",
  method: "GET",
  path: "/api/v1/apps/{app}/llm_auditor",
  summary: "Who proposes causes for an app",
  params: AppParams,
  response: AuditorView,
  problems: { 404: "There is no such app" },
});

export const setAuditorEndpoint = endpoint({
  ...one,
  id: "setAuditor",
  method: "PUT",
  path: "/api/v1/apps/{app}/llm_auditor",
  summary: "Choose who proposes causes for an app",
  description:
    "A model with instructions, our own rules (no model, no key), or nobody. Whoever it is proposes and never confirms.",
  params: AppParams,
  body: SetAuditor,
  response: AuditorView,
  problems: {
    404: "There is no such app or model",
    412: "Somebody changed it meanwhile",
    422: "A field is wrong",
  },
});

const issue = { tag: "Issues", security: "key", status: 200, response: IssueView } as const;
const ofIssue = { ...issue, params: IssueParams } as const;
const noIssue = "There is no such issue";

export const listIssuesEndpoint = endpoint({
  ...issue,
  id: "listIssues",
  method: "GET",
  path: "/api/v1/issues",
  summary: "List issues, newest first",
  description: people,
  query: IssueQuery,
  response: listOf(IssueView),
});

export const createIssueEndpoint = endpoint({
  ...issue,
  id: "createIssue",
  method: "POST",
  path: "/api/v1/issues",
  summary: "Open an issue for what goes wrong again and again",
  body: CreateIssue,
  status: 201,
  problems: {
    404: "There is no such app or type",
    409: "A discrepancy does not belong to it",
    422: "A field is wrong",
  },
});

export const getIssueEndpoint = endpoint({
  ...ofIssue,
  id: "getIssue",
  method: "GET",
  path: "/api/v1/issues/{issue}",
  summary: "Get an issue",
  problems: { 404: noIssue },
});

export const updateIssueEndpoint = endpoint({
  ...ofIssue,
  id: "updateIssue",
  method: "PATCH",
  path: "/api/v1/issues/{issue}",
  summary: "Change an issue's title, description or owner",
  body: UpdateIssue,
  problems: { 404: noIssue, 412: "Somebody changed it meanwhile", 422: "A field is wrong" },
});

export const deleteIssueEndpoint = endpoint({
  ...ofIssue,
  id: "deleteIssue",
  method: "DELETE",
  path: "/api/v1/issues/{issue}",
  summary: "Delete an issue that nothing is attached to",
  problems: { 404: noIssue, 409: "It has discrepancies or a regression set" },
});

export const attachDiscrepanciesEndpoint = endpoint({
  ...ofIssue,
  id: "attachDiscrepancies",
  method: "POST",
  path: "/api/v1/issues/{issue}/discrepancies",
  summary: "Attach confirmed discrepancies, all or none",
  description: "A closed issue opens again.",
  body: AttachDiscrepancies,
  problems: { 404: noIssue, 409: "One of them does not belong to it" },
});

export const detachDiscrepancyEndpoint = endpoint({
  ...ofIssue,
  id: "detachDiscrepancy",
  method: "DELETE",
  path: "/api/v1/issues/{issue}/discrepancies/{discrepancy}",
  summary: "Take a discrepancy out of an issue",
  params: IssueParams.extend(DiscrepancyParams.shape),
  problems: { 404: "It is not in this issue" },
});

export const listIssueEvidenceEndpoint = endpoint({
  ...ofIssue,
  id: "listIssueEvidence",
  method: "GET",
  path: "/api/v1/issues/{issue}/evidence",
  summary: "List the words that an issue's discrepancies rest on, newest discrepancy first",
  description: `Those that nobody quoted anything of are left out, and those of decisions that you are still to answer blind. ${people}`,
  query: IssueEvidenceQuery,
  response: listOf(IssueEvidence),
  problems: { 404: noIssue },
});

export const closeIssueEndpoint = endpoint({
  ...ofIssue,
  id: "closeIssue",
  method: "POST",
  path: "/api/v1/issues/{issue}/close",
  summary: "Close an issue whose regression set has passed",
  description:
    "Needs an experiment over all of the newest version of its set whose gate passed. `missing` in the problem says what is not there yet.",
  problems: { 404: noIssue, 409: "Its set has not passed, or it is closed" },
});

export const discrepancyEndpoints = [
  listDiscrepanciesEndpoint,
  getDiscrepancyEndpoint,
  confirmDiscrepancyEndpoint,
  dismissDiscrepancyEndpoint,
  reopenDiscrepancyEndpoint,
  askAuditorEndpoint,
  getAuditorEndpoint,
  setAuditorEndpoint,
  listIssuesEndpoint,
  createIssueEndpoint,
  getIssueEndpoint,
  updateIssueEndpoint,
  deleteIssueEndpoint,
  attachDiscrepanciesEndpoint,
  detachDiscrepancyEndpoint,
  listIssueEvidenceEndpoint,
  closeIssueEndpoint,
];
