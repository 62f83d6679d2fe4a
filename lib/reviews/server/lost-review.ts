import { sql } from "drizzle-orm";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { ReviewStatus, Verdict } from "@/lib/kernel/statuses";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { pastOf, stretch } from "../words";
import { notTheirs } from "./queue-scope";

type Standing = {
  status: ReviewStatus;
  verdict: Verdict | null;
  claimed_by: string | null;
  staged_verdict: Verdict | null;
  staged_by: string | null;
  resolved_by: string | null;
  name: string | null;
  since: number;
  left_over: number;
  decision_status: DecisionStatus;
  expired: boolean;
};

/**
 * Why a guarded update of a review changed nothing, as the error to throw: who was first and how ("Ana approved this
 * 3 s ago"). Read after the fact, in the same transaction.
 */
export async function lostReview(ctx: Context, reviewId: string): Promise<DomainError> {
  const [now] = await rowsOf<Standing>(
    ctx.db,
    sql`select r.status, r.verdict, r.claimed_by, r.staged_verdict, r.staged_by, r.resolved_by, u.name,
        extract(epoch from clock_timestamp() - coalesce(r.resolved_at, r.staged_at, r.claimed_at, r.created_at))::float8 as since,
        extract(epoch from coalesce(r.effective_at, r.lease_until) - clock_timestamp())::float8 as left_over,
        d.status as decision_status, coalesce(d.expires_at <= now(), false) as expired
      from reviews r join decisions d on d.id = r.decision_id
      left join users u on u.id = substr(coalesce(r.resolved_by, r.staged_by, r.claimed_by), 6)
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId}`,
  );
  if (!now) return new DomainError("not_found", `There is no review ${reviewId}`);
  const theirs = await notTheirs(ctx, reviewId);
  if (theirs) return theirs;
  return errorOf(now);
}

function errorOf(now: Standing): DomainError {
  const who = now.name ?? "Somebody";
  const ago = `${stretch(now.since)} ago`;
  if (now.status === "resolved" && now.verdict) {
    return resolved(`${who} ${pastOf[now.verdict]} this ${ago}`, {
      verdict: now.verdict,
      resolved_by: now.resolved_by,
    });
  }
  if (now.status === "expired" || now.expired) {
    return new DomainError("gone", "The time for this is over: nothing was done", { code: "review_expired" });
  }
  if (now.status === "cancelled") return resolved(`This was cancelled ${ago}`, {});
  if (now.staged_verdict) {
    const left = `it takes effect in ${stretch(now.left_over)} unless taken back`;
    return claimed(`${who} ${pastOf[now.staged_verdict]} this ${ago}; ${left}`, now.staged_by);
  }
  if (now.status === "claimed" && now.left_over > 0) {
    return claimed(`${who} holds this for ${stretch(now.left_over)} more`, now.claimed_by);
  }
  return new DomainError("conflict", `This changed a moment ago; the decision is ${now.decision_status}`);
}

function resolved(sentence: string, extra: Record<string, unknown>): DomainError {
  return new DomainError("conflict", sentence, { code: "review_already_resolved", extra });
}

function claimed(sentence: string, by: string | null): DomainError {
  return new DomainError("conflict", sentence, { code: "review_claimed", extra: { held_by: by } });
}
