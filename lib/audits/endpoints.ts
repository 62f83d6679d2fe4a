import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import {
  AuditListQuery,
  AuditProgress,
  AuditSummary,
  AuditView,
  BlindAnswer,
  ClaimNextAudit,
  Judging,
} from "./schema";

const AuditParams = z.object({ audit: z.string().max(64) });
const about = { tag: "Audits", security: "key", status: 200 } as const;
const notYours = "Another auditor holds it, or it is already judged";

export const listAuditsEndpoint = endpoint({
  ...about,
  id: "listAudits",
  method: "GET",
  path: "/api/v1/audits",
  summary: "List audits",
  description:
    "For people: a personal access token or a session. Judged audits come newest first, open ones oldest first.",
  query: AuditListQuery,
  response: listOf(AuditSummary).extend({ progress: AuditProgress }),
  problems: { 422: "A filter is not understood" },
});

export const getAuditEndpoint = endpoint({
  ...about,
  id: "getAudit",
  method: "GET",
  path: "/api/v1/audits/{audit}",
  summary: "Get an audit",
  description: "`reveal` is null until the auditor's own answer is stored.",
  params: AuditParams,
  response: AuditView,
  problems: { 404: "There is no such audit" },
});

export const claimNextAuditEndpoint = endpoint({
  ...about,
  id: "claimNextAudit",
  method: "POST",
  path: "/api/v1/audits/claim",
  summary: "Claim the next audit",
  description:
    "Gives the oldest audit that nobody holds, those of a broken glass first, with a lease; null when there is none.",
  body: ClaimNextAudit,
  response: z.object({ audit: AuditView.nullable() }),
});

export const answerAuditEndpoint = endpoint({
  ...about,
  id: "answerAudit",
  method: "POST",
  path: "/api/v1/audits/{audit}/answer",
  summary: "Answer before the model's proposal is shown",
  description: "Takes the audit when nobody holds it. The answer can never be changed.",
  params: AuditParams,
  body: BlindAnswer,
  response: AuditView,
  problems: { 404: "There is no such audit", 409: `${notYours}, or you have answered otherwise` },
});

export const judgeAuditEndpoint = endpoint({
  ...about,
  id: "judgeAudit",
  method: "POST",
  path: "/api/v1/audits/{audit}/judgement",
  summary: "Judge an audited decision",
  description: "After one's own answer. A borderline decision is half a loss and counts as wrong.",
  params: AuditParams,
  body: Judging,
  response: AuditView,
  problems: {
    404: "There is no such audit",
    409: `${notYours}, or you have not answered yet`,
    422: "A cause is missing",
  },
});

export const auditEndpoints = [
  listAuditsEndpoint,
  claimNextAuditEndpoint,
  getAuditEndpoint,
  answerAuditEndpoint,
  judgeAuditEndpoint,
];
