import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { isHeldBy, personOf, stamp } from "./review-sql";

/** Extends the lease of a review the actor holds. Throws `lease_lost` when it is no longer theirs. */
export async function heartbeatReview(
  ctx: Context,
  input: { reviewId: string },
): Promise<{ id: string; lease_until: string }> {
  authorize(ctx, "reviews.rule");
  const [held] = await rowsOf<{ id: string; lease_until: string }>(
    ctx.db,
    sql`update reviews r set lease_until = now() + make_interval(secs => q.lease_seconds)
      from queues q where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and q.id = r.queue_id
        and ${isHeldBy(personOf(ctx))}
      returning r.id, ${stamp("r.lease_until")} as lease_until`,
  );
  if (held) return held;
  throw new DomainError("conflict", "You no longer hold this review", { code: "lease_lost" });
}
