import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { BulkRuling } from "../bulk";
import { NotObserved } from "../not-observed";
import { resolveReview } from "./resolve-review";
import { stageVerdict } from "./stage-verdict";

export type OneOfMany = { reviewId: string; version: number; ruling: BulkRuling };
export type Given = { ok: true; effectiveAt: string | null } | { ok: false; code: string; message: string };

/**
 * One review of a bulk, as it was when the person saw it: on screen the verdict is staged, over the API it takes
 * effect at once, by the same verbs as any other. A refusal is an answer, not an error: what it wrote down stays.
 * Throws `cannot_observe` for who can look first.
 */
export async function giveOne(ctx: Context, input: OneOfMany): Promise<Given> {
  authorize(ctx, "reviews.rule");
  return inTransaction(ctx, async (ctx) => {
    const [held] = await rowsOf<{ version: number }>(
      ctx.db,
      sql`select version from reviews where id = ${input.reviewId} and org_id = ${ctx.orgId} for update`,
    );
    if (held?.version !== input.version) return changed;
    try {
      return { ok: true, effectiveAt: await rule(ctx, input) };
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotObserved) throw error;
      return { ok: false, code: error.code, message: error.message };
    }
  });
}

const changed: Given = {
  ok: false,
  code: "stale_version",
  message: "Somebody was faster: it is no longer as you saw it",
};

async function rule(ctx: Context, { reviewId, ruling }: OneOfMany): Promise<string | null> {
  const isOnScreen = ctx.actor.kind === "user" && ctx.actor.via === "session";
  if (isOnScreen) return (await stageVerdict(ctx, { reviewId, ruling })).effectiveAt;
  await resolveReview(ctx, { reviewId, ruling });
  return null;
}
