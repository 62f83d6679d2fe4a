import { isFinal } from "@/lib/decisions/final";
import type { DecisionView } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { Plan } from "./plan-decision";
import type { Accepted } from "./submit-decisions";
import { bornStatus } from "./incoming-rows";

type Created = Extract<Accepted, { kind: "created" }>;

/** A decision just stored, as the API shows it: built from what was written, without reading it back. */
export function createdView(created: Created, livemode: boolean): DecisionView {
  const { plan } = created;
  const { submission, type, routing } = plan;
  const decided = routing.route === "execute" || routing.route === "decline";
  const { rationale } = submission;
  const said = typeof rationale === "string" ? { text: rationale } : rationale;
  return {
    id: plan.id,
    object: "decision",
    livemode,
    app_id: type.appId,
    app: type.appKey,
    type: type.typeKey,
    external_id: submission.external_id ?? null,
    subject: submission.subject ? { url: null, ...submission.subject } : null,
    input: submission.input,
    context: submission.context ?? null,
    proposal: {
      action: type.action?.key ?? null,
      arguments: plan.arguments,
      predicted: submission.proposal.predicted,
      summary: actionSummary(type.summaryTemplate, type.typeName, plan.arguments, plan.money),
      amount: plan.money,
    },
    edited_arguments: null,
    rationale: said ? { citations: [], ...said } : null,
    confidence: confidenceOf(plan),
    model: submission.model ?? null,
    prompt_version: submission.prompt_version ?? null,
    status: bornStatus(plan),
    route: {
      outcome: routing.route,
      level: routing.level,
      threshold: routing.threshold,
      reasons: routing.reasons,
    },
    review:
      created.reviewId === null
        ? null
        : {
            id: created.reviewId,
            status: "open",
            due_at: created.dueAt,
            verdict: null,
            reason_code: null,
            note: null,
          },
    response: null,
    execution:
      created.executionId === null
        ? null
        : { id: created.executionId, status: "pending", attempts: 0, reference: null, error: null },
    outcome: null,
    decided_by: decided ? "router" : null,
    decided_at: decided ? created.createdAt : null,
    expires_at: submission.expires_at ?? null,
    metadata: submission.metadata ?? {},
    created_at: created.createdAt,
    updated_at: created.createdAt,
  };
}

/** True when a decision as shown is final (lib/decisions/final.ts). */
export function viewIsFinal(view: DecisionView): boolean {
  return isFinal(view.status, view.execution?.status ?? null);
}

/** The map itself is named by a later read: it was loaded without its number. */
function confidenceOf({ confidence: raw, calibrated }: Plan): DecisionView["confidence"] {
  if (raw === null) return null;
  return calibrated === null ? { raw } : { raw, calibrated: calibrated.probability };
}
