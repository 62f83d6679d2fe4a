import { notFound } from "next/navigation";
import { cache } from "react";
import { sendToAuditAction } from "@/app/(console)/audits/plans/actions";
import { SendToAudit } from "@/components/audits/send-to-audit";
import { Chain } from "@/components/decisions/chain";
import { CancelButton } from "@/components/decisions/cancel-button";
import { Course } from "@/components/decisions/course";
import { Evidence } from "@/components/decisions/evidence";
import { History } from "@/components/decisions/history";
import { JudgeFirst } from "@/components/decisions/judge-first";
import { Origin, Proposal } from "@/components/decisions/proposal";
import { UndoHold } from "@/components/decisions/undo-hold";
import { Why } from "@/components/decisions/why";
import { DecisionScores } from "@/components/evaluators/decision-scores";
import { AskCustomer } from "@/components/feedback/ask-customer";
import { FeedbackForm } from "@/components/feedback/feedback-form";
import { FeedbackList } from "@/components/feedback/feedback-list";
import { DiscrepancyLink } from "@/components/discrepancies/discrepancy-link";
import { NotesPanel } from "@/components/reviews/notes-panel";
import { SimilarPanel } from "@/components/reviews/similar-panel";
import { ApprovalsChain } from "@/components/reviews/approvals-chain";
import { NoticeButton } from "@/components/notices/notice-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DecisionRecord } from "@/lib/decisions/record";
import { getDecisionRecord } from "@/lib/decisions/server/get-decision-record";
import { listScoresOf } from "@/lib/evaluators/server/list-scores";
import { listDiscrepancies } from "@/lib/discrepancies/server/list-discrepancies";
import { getChain } from "@/lib/execution/server/get-chain";
import type { FeedbackView } from "@/lib/feedback/schema";
import { getCorrectionForm, type CorrectionForm } from "@/lib/feedback/server/get-correction-form";
import { listFeedback } from "@/lib/feedback/server/list-feedback";
import { roleMay } from "@/lib/identity/matrix";
import { getApprovalChain } from "@/lib/reviews/server/approval-state";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";
import {
  cancelDecisionAction,
  giveFeedbackAction,
  offerAppealAction,
  offerFeedbackAction,
  undoApprovalAction,
} from "../actions";
import { Standing } from "@/components/decisions/standing";
import { titled } from "../../titled";

// The title and the page are of one reading.
const read = cache(async (decisionId: string) => getDecisionRecord(await userContext(), { decisionId }));

export const generateMetadata = titled(
  "Decision",
  async (_, { id }: { id: string }) => (await read(id)).decision.proposal.summary,
);

export default async function DecisionPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await userContext();
  const record = await recordOrNotFound((await params).id);
  return (
    <Page width="wide">
      <Header record={record} ctx={ctx} />
      {record.blind ? null : <Hold record={record} ctx={ctx} />}
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[minmax(0,4fr)_minmax(0,3fr)_minmax(0,3fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card>
            <CardBody>
              <Evidence
                input={record.decision.input}
                context={record.decision.context}
                citations={record.blind ? [] : (record.decision.rationale?.citations ?? [])}
              />
            </CardBody>
          </Card>
          <div className="max-lg:hidden">
            <Origin record={record} blind={record.blind} />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Proposal record={record} />
          {record.blind ? <JudgeFirst record={record} /> : <Why record={record} />}
          {record.blind ? null : (
            <Card>
              <CardBody>
                <SimilarPanel decisionId={record.decision.id} view="open" />
              </CardBody>
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:max-xl:col-span-2">
          {record.blind ? null : <Said record={record} ctx={ctx} />}
          <div className="lg:hidden">
            <Origin record={record} blind={record.blind} />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Header({ record, ctx }: { record: DecisionRecord; ctx: UserContext }) {
  const { decision, blind } = record;
  const { status, route, execution, review } = decision;
  const waiting = status === "in_review" || status === "awaiting_second" || execution?.status === "pending";
  const mayCancel = waiting && roleMay(ctx.actor.role, "decisions.cancel");
  const mayRule =
    (status === "in_review" || status === "awaiting_second") &&
    review !== null &&
    roleMay(ctx.actor.role, "reviews.rule");
  return (
    <PageHeader
      back={{ href: "/decisions", label: "Decisions" }}
      title={
        <>
          {decision.proposal.predicted === "negative" && !blind ? "Do not: " : null}
          <UntrustedInline text={decision.proposal.summary} />
        </>
      }
      badges={
        blind ? undefined : <Standing route={route.outcome} status={status} execution={execution?.status} />
      }
      description={
        <>
          {record.app.name}, <Time at={decision.created_at} />
        </>
      }
      actions={
        <>
          {mayRule ? (
            <ButtonLink href={`/inbox/${review.id}`} variant="primary">
              Review it
            </ButtonLink>
          ) : null}
          {maySend(record, ctx) ? <SendToAudit decisionId={decision.id} send={sendToAuditAction} /> : null}
          {mayTell(record, ctx) ? <NoticeButton decisionId={decision.id} offer={offerAppealAction} /> : null}
          {mayCancel ? <CancelButton decisionId={decision.id} cancel={cancelDecisionAction} /> : null}
        </>
      }
    />
  );
}

/** What is settled and nobody audits can be sent by choice. */
function maySend({ audit, sampling, blind, decision }: DecisionRecord, ctx: UserContext): boolean {
  const { status, execution } = decision;
  const settled =
    (status === "approved" || status === "declined") && (execution?.status ?? "succeeded") === "succeeded";
  const free = audit === null && sampling?.drawn === false && !blind;
  return settled && free && roleMay(ctx.actor.role, "audits.send");
}

/** What was decided can be told to the person it is about. */
function mayTell({ decision, blind }: DecisionRecord, ctx: UserContext): boolean {
  const decided = decision.status === "approved" || decision.status === "declined";
  return decided && !blind && roleMay(ctx.actor.role, "appeals.offer");
}

function Hold({ record, ctx }: { record: DecisionRecord; ctx: UserContext }) {
  const { id, execution } = record.decision;
  if (execution?.status !== "pending" || !execution.held_until) return null;
  const mayUndo = roleMay(ctx.actor.role, "decisions.undo");
  return (
    <UndoHold
      decisionId={id}
      heldUntil={execution.held_until}
      undo={mayUndo ? undoApprovalAction : undefined}
    />
  );
}

async function Said({ record, ctx }: { record: DecisionRecord; ctx: UserContext }) {
  const { id } = record.decision;
  const [{ data }, steps, approvals, scores, form, disputed] = await Promise.all([
    listFeedback(ctx, { params: { decision: id }, query: { limit: 25 } }),
    getChain(ctx, { decisionId: id }),
    getApprovalChain(ctx, { decisionId: id }),
    roleMay(ctx.actor.role, "evaluators.read") ? listScoresOf(ctx, { decisionId: id }) : [],
    getCorrectionForm(ctx, { decisionId: id }),
    listDiscrepancies(ctx, { decision: id, limit: 1 }),
  ]);
  const [discrepancy] = disputed.data;
  return (
    <>
      {discrepancy ? <DiscrepancyLink discrepancy={discrepancy} /> : null}
      <Chain steps={steps} decisionId={id} />
      <ApprovalsChain chain={approvals} />
      <Course record={record} />
      <DecisionScores
        appId={record.app.id}
        scores={scores}
        mayRule={roleMay(ctx.actor.role, "scores.give")}
      />
      <Card>
        <CardHeader title="History" />
        <CardBody>
          <History lines={record.history} />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          <NotesPanel decisionId={id} />
        </CardBody>
      </Card>
      <Feedback items={data} record={record} form={form} ctx={ctx} />
    </>
  );
}

type FeedbackProps = {
  items: FeedbackView[];
  record: DecisionRecord;
  form: CorrectionForm;
  ctx: UserContext;
};

function Feedback({ items, record: { decision }, form, ctx }: FeedbackProps) {
  const mayAsk = roleMay(ctx.actor.role, "feedback.offer");
  return (
    <Card>
      <CardHeader
        title="Feedback"
        actions={mayAsk ? <AskCustomer decisionId={decision.id} offer={offerFeedbackAction} /> : null}
      />
      <CardBody className="flex flex-col gap-4">
        <FeedbackList items={items} />
        <FeedbackForm
          decisionId={decision.id}
          give={giveFeedbackAction}
          sources={ctx.actor.role === "admin" ? ["customer", "system_of_record"] : []}
          quotable={{
            input: decision.input,
            // As it came in: what the API left out is not there to be quoted.
            context: JSON.parse(JSON.stringify(decision.context)) as JsonValue,
            arguments: decision.proposal.arguments,
            rationale: decision.rationale?.text ?? null,
          }}
          correctionForm={form}
        />
      </CardBody>
    </Card>
  );
}

async function recordOrNotFound(decisionId: string): Promise<DecisionRecord> {
  try {
    return await read(decisionId);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
