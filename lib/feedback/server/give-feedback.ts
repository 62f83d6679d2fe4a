import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { decisions, decisionTypes, feedback } from "@/db/schema";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { idempotencyKeyOf } from "@/lib/intake/server/answer-submit";
import { canonicalJson } from "@/lib/kernel/canonical";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { appBound, authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { Reply, type Incoming } from "@/lib/server/handle";
import { record } from "@/lib/server/journal";
import type { FeedbackSource, FeedbackView, NewFeedback } from "../schema";
import { sourceOf, sourcesOf } from "../source";

type Input = { params: { decision: string }; body: NewFeedback; header: Incoming["header"] };

/**
 * Stores what somebody says of a decision. A correction must fit the decision type's arguments schema. With an
 * Idempotency-Key a retry answers what stands; the key with another body is refused.
 */
export async function giveFeedback(ctx: Context, input: Input): Promise<Reply<FeedbackView>> {
  authorize(ctx, "decisions.feedback");
  const source = requireSource(ctx, input.body);
  const idempotencyKey = idempotencyKeyOf(input);
  const type = await typeOfDecision(ctx, input.params.decision);
  checkCorrection(input.body, type);
  return inTransaction(ctx, async (ctx) => {
    const { source: _, ...said } = input.body;
    const requestHash = hashOf({ decision: input.params.decision, source, ...said });
    const [row] = await ctx.db
      .insert(feedback)
      .values({
        id: newId("feedback"),
        orgId: ctx.orgId,
        decisionId: input.params.decision,
        source,
        ...said,
        actor: actorName(ctx.actor),
        idempotencyKey,
        requestHash,
      })
      .onConflictDoNothing()
      .returning();
    if (!row) {
      const headers = { "Idempotent-Replayed": "true" };
      return new Reply(await replay(ctx, idempotencyKey, requestHash), { headers });
    }
    const data = { source, vote: row.vote, cause: row.cause };
    await emit(ctx, { type: "feedback.created", subject: row.id, decisionId: row.decisionId, data });
    await record(ctx, "feedback.given", row.id, { decision: row.decisionId, ...data, request: requestHash });
    return new Reply(viewOf(row));
  });
}

function requireSource(ctx: Context, { source }: NewFeedback): FeedbackSource {
  const found = sourceOf(ctx.actor, source);
  if (found) return found;
  const possible = sourcesOf(ctx.actor).join(", ");
  throw new DomainError("invalid", `/source: send one of ${possible}`, {
    code: "validation_failed",
    errors: [
      {
        pointer: "/source",
        code: "wrong_source",
        message: `you may speak for ${possible}`,
        fix: "Name one of them",
      },
    ],
  });
}

type TypeOfDecision = {
  id: string;
  version: number;
  argumentsSchema: typeof decisionTypes.$inferSelect.argumentsSchema;
};

async function typeOfDecision(ctx: Context, decisionId: string): Promise<TypeOfDecision> {
  const app = appBound(ctx);
  const [type] = await ctx.db
    .select({
      id: decisionTypes.id,
      version: decisionTypes.version,
      argumentsSchema: decisionTypes.argumentsSchema,
    })
    .from(decisions)
    .innerJoin(decisionTypes, eq(decisionTypes.id, decisions.typeId))
    .where(
      and(
        eq(decisions.id, decisionId),
        eq(decisions.orgId, ctx.orgId),
        app === undefined ? undefined : eq(decisions.appId, app),
        app === undefined ? undefined : eq(decisions.measure, false),
      ),
    );
  if (!type) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  return type;
}

function checkCorrection({ correction }: NewFeedback, type: TypeOfDecision): void {
  if (correction === undefined) return;
  const errors = validatorOf(`${type.id}@${type.version}/arguments`, type.argumentsSchema)(
    correction,
    "/correction",
  );
  if (errors.length === 0) return;
  throw new DomainError("invalid", `${errors[0]?.pointer}: ${errors[0]?.message}`, {
    code: "validation_failed",
    errors: errors.slice(0, 50),
  });
}

function hashOf(said: object): string {
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}

async function replay(ctx: Context, key: string | null, requestHash: string): Promise<FeedbackView> {
  const [row] = await ctx.db
    .select()
    .from(feedback)
    .where(
      and(
        eq(feedback.orgId, ctx.orgId),
        eq(feedback.actor, actorName(ctx.actor)),
        eq(feedback.idempotencyKey, key ?? ""),
      ),
    );
  if (!row) throw new DomainError("unavailable", "The key is being used right now", { code: "overloaded" });
  if (row.requestHash === requestHash) return viewOf(row);
  throw new DomainError("invalid", `This key already made ${row.id}, from another body`, {
    code: "idempotency_key_reused",
    extra: { feedback_id: row.id },
  });
}

/** A stored row as the API shows it. */
export function viewOf(row: typeof feedback.$inferSelect): FeedbackView {
  const { id, decisionId, source, vote, score, text, correction, cause, actor, createdAt } = row;
  const said = { source, vote, score, text, correction, cause };
  return {
    id,
    object: "feedback",
    decision_id: decisionId,
    ...said,
    by: actor,
    created_at: createdAt.toISOString(),
  };
}
