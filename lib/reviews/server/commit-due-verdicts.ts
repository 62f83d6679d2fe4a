import { sql } from "drizzle-orm";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { log } from "@/lib/server/log";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { neverTakesEffect } from "../never-takes-effect";
import { isLive } from "./review-sql";
import { resolveReview } from "./resolve-review";

const batch = 200;
type Due = { id: string; staged_by: string; user_id: string | null; name: string; email: string; role: Role };

/**
 * A timer: makes staged verdicts effective once their undo time is over, each in its own transaction and in the name
 * of the person who gave it, with the role they have now. Whoever was disabled or is no reviewer any more has no
 * word: the review opens again. Many workers may run it at once. Answers how many took effect and how many reopened.
 */
export async function commitDueVerdicts(ctx: Context): Promise<{ committed: number; reopened: number }> {
  authorize(ctx, "system.run");
  const due = await rowsOf<Due>(
    ctx.db,
    sql`select r.id, r.staged_by, u.id as user_id, u.name, u.email, u.role
      from reviews r left join users u on u.id = substr(r.staged_by, 6) and u.org_id = r.org_id and u.disabled_at is null
      where r.org_id = ${ctx.orgId} and r.staged_verdict is not null and r.verdict is null and ${isLive}
        and r.effective_at <= now()
      order by r.effective_at limit ${batch}`,
  );
  const done = { committed: 0, reopened: 0 };
  for (const review of due) {
    try {
      await commit(ctx, review);
      done.committed += 1;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (await reopen(ctx, review, error)) done.reopened += 1;
    }
  }
  return done;
}

async function commit(ctx: Context, review: Due): Promise<void> {
  if (review.user_id === null) throw new DomainError("forbidden", "Whoever ruled may not any more");
  const { user_id: id, name, email, role } = review;
  const person: Context = { ...ctx, actor: { kind: "user", id, name, email, role, via: "session" } };
  await resolveReview(person, { reviewId: review.id, ruling: "staged" });
}

async function reopen(ctx: Context, review: Due, why: DomainError): Promise<boolean> {
  if (!neverTakesEffect(why)) return false;
  log.warn(
    { review: review.id, code: why.code },
    "a verdict could not take effect; the review is open again",
  );
  return inTransaction(ctx, async (ctx) => {
    const [opened] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set status = 'open', claimed_by = null, claimed_at = null, lease_until = null,
          staged_verdict = null, staged_by = null, staged_at = null, effective_at = null, edited_arguments = null,
          reason_code = null, note = null, version = r.version + 1
        where r.id = ${review.id} and r.org_id = ${ctx.orgId} and ${isLive} and r.staged_by = ${review.staged_by}
          and r.effective_at <= now()
        returning r.decision_id`,
    );
    if (!opened) return false;
    const data = { by: review.staged_by, reason: why.code };
    await emit(ctx, { type: "review.unstaged", subject: review.id, decisionId: opened.decision_id, data });
    await record(ctx, "review.reopened", review.id, data);
    return true;
  });
}
