import { sql } from "drizzle-orm";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/** True of a decision (alias `d`) while a blind review of it waits for its answer. */
export const isBlindNow = sql`exists (select 1 from reviews b where b.decision_id = d.id and b.blind
  and b.staged_verdict is null and b.resolved_at is null)`;

/** True for whoever may be the one that answers first: what the model said is kept from them until then. */
export function answersFirst(ctx: Pick<Context, "actor">): boolean {
  return ctx.actor.kind === "user" && may(ctx.actor, "reviews.rule");
}
