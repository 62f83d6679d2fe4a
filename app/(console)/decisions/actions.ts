"use server";

import { z } from "zod";
import { CountNewDecisions, countNewDecisions } from "@/lib/decisions/server/count-new-decisions";
import { compensateExecution } from "@/lib/execution/server/compensate-execution";
import { undoApproval } from "@/lib/execution/server/undo-approval";
import { CompensateExecution } from "@/lib/execution/undo";
import { OfferFeedback } from "@/lib/feedback/links";
import { NewFeedback } from "@/lib/feedback/schema";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { offerFeedback } from "@/lib/feedback/server/offer-feedback";
import { userActionContext } from "@/lib/identity/server/user-context";
import { cancelDecision } from "@/lib/intake/server/cancel-decision";
import { OfferAppeal } from "@/lib/notices/appeals";
import { offerAppeal } from "@/lib/notices/server/offer-appeal";
import { snippetOf } from "@/lib/feedback/snippet";
import { action } from "@/lib/server/action";
import { origin } from "@/lib/server/origin";

const DecisionRef = z.object({ decisionId: z.string().max(64) });

export const countNewDecisionsAction = action(userActionContext, CountNewDecisions, countNewDecisions);

export const cancelDecisionAction = action(userActionContext, DecisionRef, async (ctx, { decisionId }) => {
  const { id, status } = await cancelDecision(ctx, { params: { decision: decisionId } });
  return { id, status };
});

export const undoApprovalAction = action(userActionContext, DecisionRef, async (ctx, { decisionId }) => {
  const { id, status } = await undoApproval(ctx, { params: { decision: decisionId } });
  return { id, status };
});

export const compensateAction = action(
  userActionContext,
  CompensateExecution,
  async (ctx, { id, reason }) => {
    const made = await compensateExecution(ctx, { params: { id }, body: { reason } });
    return { id: made.id };
  },
);

export const offerAppealAction = action(userActionContext, DecisionRef, (ctx, { decisionId }) =>
  offerAppeal(ctx, { params: { decision: decisionId }, body: OfferAppeal.parse({}) }),
);

export const offerFeedbackAction = action(userActionContext, DecisionRef, async (ctx, { decisionId }) => {
  const link = await offerFeedback(ctx, { body: OfferFeedback.parse({ decision_id: decisionId }) });
  return { ...link, snippet: snippetOf(origin(), link.token) };
});

export const giveFeedbackAction = action(
  userActionContext,
  DecisionRef.extend({ said: NewFeedback }),
  async (ctx, { decisionId, said }) => {
    const reply = await giveFeedback(ctx, {
      params: { decision: decisionId },
      body: said,
      header: () => null,
    });
    return { id: reply.body.id };
  },
);
