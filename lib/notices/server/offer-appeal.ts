import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { appeals, decisions } from "@/db/schema";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { sha256 } from "@/lib/identity/server/secret";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { appBound, authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { origin } from "@/lib/server/origin";
import type { NoticeView, OfferAppeal } from "../appeals";

/** Only what was decided can be told and contested. */
const decided: readonly DecisionStatus[] = ["approved", "declined"];

/**
 * Makes a link for the person a decision is about. Its token is in this answer alone; the database keeps a hash. An
 * app's key reaches its own decisions. Throws `not_found`, `not_decided`.
 */
export async function offerAppeal(
  ctx: Context,
  { params, body }: { params: { decision: string }; body: OfferAppeal },
): Promise<NoticeView> {
  authorize(ctx, "appeals.offer");
  return inTransaction(ctx, async (ctx) => {
    const decisionId = params.decision;
    await requireDecided(ctx, decisionId);
    const token = randomBytes(32).toString("base64url");
    const id = newId("appeal");
    const [made] = await ctx.db
      .insert(appeals)
      .values({
        id,
        orgId: ctx.orgId,
        decisionId,
        tokenHash: sha256(token),
        expiresAt: sql`now() + make_interval(days => ${body.expires_in_days}::int)`,
        createdBy: actorName(ctx.actor),
      })
      .returning({ expiresAt: appeals.expiresAt });
    if (!made) throw new Error("a notice was not written");
    const expires_at = made.expiresAt.toISOString();
    await emit(ctx, { type: "appeal.offered", subject: id, decisionId, data: { by: actorName(ctx.actor) } });
    await record(ctx, "appeal.offered", id, { decision: decisionId, expires_at });
    return {
      id,
      object: "notice",
      decision_id: decisionId,
      url: `${origin()}/appeal/${token}`,
      expires_at,
    };
  });
}

async function requireDecided(ctx: Context, decisionId: string): Promise<void> {
  const app = appBound(ctx);
  const [decision] = await ctx.db
    .select({ status: decisions.status, measure: decisions.measure })
    .from(decisions)
    .where(
      and(
        eq(decisions.id, decisionId),
        eq(decisions.orgId, ctx.orgId),
        app === undefined ? undefined : eq(decisions.appId, app),
      ),
    );
  // A copy that measures reviewers concerns nobody.
  if (!decision || decision.measure) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  if (decided.includes(decision.status)) return;
  throw new DomainError("conflict", `The decision is ${decision.status}: there is nothing to tell yet`, {
    code: "not_decided",
  });
}
