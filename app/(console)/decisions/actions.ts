"use server";

import { z } from "zod";
import { CountNewDecisions, countNewDecisions } from "@/lib/decisions/server/count-new-decisions";
import { NewFeedback } from "@/lib/feedback/schema";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { userActionContext } from "@/lib/identity/server/user-context";
import { cancelDecision } from "@/lib/intake/server/cancel-decision";
import { action } from "@/lib/server/action";

const DecisionRef = z.object({ decisionId: z.string().max(64) });

export const countNewDecisionsAction = action(userActionContext, CountNewDecisions, countNewDecisions);

export const cancelDecisionAction = action(userActionContext, DecisionRef, async (ctx, { decisionId }) => {
  const { id, status } = await cancelDecision(ctx, { params: { decision: decisionId } });
  return { id, status };
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
