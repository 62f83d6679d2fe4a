import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { feedback } from "@/db/schema";
import { idempotencyKeyOf } from "@/lib/intake/server/answer-submit";
import { canonicalJson } from "@/lib/kernel/canonical";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { Reply, type Incoming } from "@/lib/server/handle";
import { record } from "@/lib/server/journal";
import type { EvidenceSource, EvidenceSpan } from "../evidence";
import type { FeedbackSource, FeedbackView, NewFeedback } from "../schema";
import { sourceOf, sourcesOf } from "../source";
import { checkAgainst, evidenceSources, feedbackTargets } from "./feedback-targets";
import { ownInput } from "./shown-spans";

type Input = { params: { decision: string }; body: NewFeedback; header: Incoming["header"] };

/**
 * Stores what somebody says of a decision. A correction must fit the decision type's arguments schema, and what is
 * quoted must stand in the decision. With an Idempotency-Key a retry answers what stands; the key with another body is refused.
 */
export async function giveFeedback(ctx: Context, input: Input): Promise<Reply<FeedbackView>> {
  authorize(ctx, "decisions.feedback");
  const source = requireSource(ctx, input.body);
  const idempotencyKey = idempotencyKeyOf(input);
  const { source: _, evidence: quoted, ...said } = input.body;
  const evidence = await checkSaid(ctx, input.params.decision, { ...said, evidence: quoted });
  return inTransaction(ctx, async (ctx) => {
    const sent = quoted ? { ...said, evidence: quoted } : said;
    const requestHash = hashOf({ decision: input.params.decision, source, ...sent });
    const [row] = await ctx.db
      .insert(feedback)
      .values({
        id: newId("feedback"),
        orgId: ctx.orgId,
        decisionId: input.params.decision,
        source,
        ...said,
        evidence: evidence.length > 0 ? evidence : null,
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

function hashOf(said: object): string {
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}

/** The evidence with its offsets. Throws `not_found`, and `validation_failed` for what does not fit the decision. */
async function checkSaid(
  ctx: Context,
  decisionId: string,
  said: Pick<NewFeedback, "correction" | "evidence">,
): Promise<EvidenceSpan[]> {
  const target = (await feedbackTargets(ctx, [decisionId])).get(decisionId);
  if (!target) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  const source = said.evidence ? (await evidenceSources(ctx, [decisionId])).get(decisionId) : undefined;
  const { spans, errors } = checkAgainst(target, source, {
    ...said,
    evidence: source && (await ownInputs(ctx, source, said.evidence)),
  });
  if (errors.length === 0) return spans;
  throw new DomainError("invalid", `${errors[0]?.pointer}: ${errors[0]?.message}`, {
    code: "validation_failed",
    errors: errors.slice(0, 50),
  });
}

/** What is quoted, by the decision's own offsets: whoever sees it masked counts in what they see. */
async function ownInputs(
  ctx: Context,
  source: EvidenceSource,
  given: NewFeedback["evidence"] = [],
): Promise<NewFeedback["evidence"]> {
  const seen = await maskFor(ctx, source);
  return given.map((one) => ({ ...one, ...ownInput(source, seen, one) }));
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
  const said = { source, vote, score, text, correction, cause, evidence: row.evidence ?? [] };
  return {
    id,
    object: "feedback",
    decision_id: decisionId,
    ...said,
    link_id: row.linkId,
    replaced_by: row.replacedBy,
    withdrawn_at: row.withdrawnAt?.toISOString() ?? null,
    by: actor,
    created_at: createdAt.toISOString(),
  };
}
