import { countOpenAudits } from "@/lib/audits/server/count-open-audits";
import { countDesk } from "@/lib/execution/server/list-desk";
import { DomainError } from "@/lib/kernel/errors";
import { roleMay } from "@/lib/identity/matrix";
import { countReviews } from "@/lib/reviews/server/count-reviews";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { WaitingCounts } from "../waiting";
import { countOpenIncidents } from "./list-incidents";

/** How much waits for a person in each section that this one may act in. */
export async function countWaiting(ctx: Context): Promise<WaitingCounts> {
  authorize(ctx, "notices.read");
  if (ctx.actor.kind !== "user") throw new DomainError("forbidden", "Only for a person something waits");
  const { role } = ctx.actor;
  const [reviews, desk, audits, alerts] = await Promise.all([
    roleMay(role, "reviews.rule") ? countReviews(ctx) : null,
    roleMay(role, "executions.resolve") ? countDesk(ctx) : null,
    roleMay(role, "audits.judge") ? countOpenAudits(ctx) : null,
    roleMay(role, "monitors.read") ? countOpenIncidents(ctx) : null,
  ]);
  return {
    object: "waiting",
    inbox: reviews ? reviews.unclaimed + reviews.mine : 0,
    reconcile: desk ? desk.unanswered + desk.stopped + desk.disputed : 0,
    audits: audits ?? 0,
    alerts: alerts ?? 0,
  };
}
