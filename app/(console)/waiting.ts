"use server";

import { z } from "zod";
import { countOpenAudits } from "@/lib/audits/server/count-open-audits";
import { countDesk } from "@/lib/execution/server/list-desk";
import { roleMay } from "@/lib/identity/matrix";
import { userActionContext } from "@/lib/identity/server/user-context";
import { countOpenIncidents } from "@/lib/monitors/server/list-incidents";
import { countReviews } from "@/lib/reviews/server/count-reviews";
import { action } from "@/lib/server/action";

/** How much waits for a person in each section that this one may act in. */
export const countWaitingAction = action(userActionContext, z.strictObject({}), async (ctx) => {
  const { role } = ctx.actor;
  const [reviews, desk, audits, alerts] = await Promise.all([
    roleMay(role, "reviews.rule") ? countReviews(ctx) : null,
    roleMay(role, "executions.resolve") ? countDesk(ctx) : null,
    roleMay(role, "audits.judge") ? countOpenAudits(ctx) : null,
    roleMay(role, "monitors.read") ? countOpenIncidents(ctx) : null,
  ]);
  return {
    inbox: reviews ? reviews.unclaimed + reviews.mine : 0,
    reconcile: desk ? desk.unanswered + desk.stopped + desk.disputed : 0,
    audits: audits ?? 0,
    alerts: alerts ?? 0,
  };
});
