import { sql } from "drizzle-orm";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/**
 * True of a decision (alias `d`) while a blind review of it waits for its answer. A scalar, and no `exists`, which the
 * planner would turn into a join that reads every review there is: it is looked up for each row shown.
 */
export const isBlindNow = sql`coalesce((select true from reviews b where b.decision_id = d.id and b.blind
  and b.staged_verdict is null and b.resolved_at is null limit 1), false)`;

/** True for whoever may be the one that answers first: what the model said is kept from them until then. */
export function answersFirst(ctx: Pick<Context, "actor">): boolean {
  return ctx.actor.kind === "user" && may(ctx.actor, "reviews.rule");
}
