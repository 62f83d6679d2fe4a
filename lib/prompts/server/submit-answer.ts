import { and, eq, isNull, sql } from "drizzle-orm";
import { promptVersions, runRequests, runs, shadowAnswers } from "@/db/schema";
import type { Reason, Submission } from "@/lib/decisions/schema";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import type { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { RunBodyStored } from "../stored-request";
import { settingsOf } from "../settings";
import { takeArguments } from "../template";
import type { PromptAnswer } from "./answer-with-prompt";
import type { RunRequest } from "./requests";
import { versionName, type LoadedVersion } from "./version-rows";

/** An answer, or in one sentence why there is none. */
export type Answered = { answer: PromptAnswer } | { failure: string };

/**
 * Submits what came of a request as a decision, and closes the request with it. Without an answer the decision goes to a
 * person, says why, and holds what is known of the action. May be repeated after a crash: the decision is made once.
 */
export async function submitAnswer(
  ctx: Context,
  request: RunRequest,
  loaded: LoadedVersion,
  answered: Answered,
): Promise<string> {
  authorize(ctx, "runs.make");
  const stored = RunBodyStored.parse(request.request);
  const [outcome] = await submitDecisions({ ...ctx, actor: { kind: "system", id: "prompts" } }, [
    {
      actor: { kind: "key", id: request.actorKeyId, appId: request.appId, scopes: ["decisions:write"] },
      livemode: request.livemode,
      // Its own name where the app gave none: a repeat after a crash meets what the first one made.
      idempotencyKey: stored.idempotency_key ?? `run:${request.id}`,
      submission: submissionOf(stored, loaded, answered),
      ...("failure" in answered ? { unanswered: reasonOf(answered.failure) } : {}),
    },
  ]);
  if (!outcome) throw new Error("a submission came back without an outcome");
  if (outcome.kind === "refused") {
    const standing = await ownDecision(ctx, request, outcome.error);
    if (standing === null) {
      await closeRequest(ctx, request, { status: "failed", error: outcome.error });
      throw outcome.error;
    }
    await closeRequest(ctx, request, { status: "done", decisionId: standing, isAnswered: false });
    return standing;
  }
  const decisionId = outcome.kind === "created" ? outcome.plan.id : outcome.decisionId;
  await closeRequest(ctx, request, { status: "done", decisionId, isAnswered: "answer" in answered });
  return decisionId;
}

function submissionOf(stored: RunBodyStored, loaded: LoadedVersion, answered: Answered): Submission {
  const { idempotency_key: _key, prompt: _prompt, ...said } = stored;
  const { version, prompt, type, model } = loaded;
  const common = {
    ...said,
    type: type.key,
    prompt_version: versionName(prompt.key, version.version),
  };
  if ("failure" in answered) {
    return {
      ...common,
      // Nothing was proposed, so nothing is proposed to be done.
      proposal: {
        arguments: takeArguments(settingsOf(version.settings).take, stored.input),
        predicted: "negative",
      },
      rationale: `${answered.failure}. No model proposed anything here: decide from the input.`,
      model: { provider: model.provider, name: model.modelId },
    };
  }
  const { answer } = answered;
  return {
    ...common,
    proposal: { arguments: answer.arguments, predicted: answer.predicted },
    rationale: answer.rationale,
    confidence: answer.confidence,
    model: {
      provider: model.provider,
      name: answer.model,
      input_tokens: answer.inputTokens,
      output_tokens: answer.outputTokens,
      latency_ms: Math.round(answer.latencyMs),
    },
  };
}

const reasonOf = (failure: string): Reason => {
  return { kind: "confidence", code: "model_failed", message: `The model gave no usable answer: ${failure}` };
};

/** After a crash between the decision and the request's end: the decision that our own name already made. */
async function ownDecision(ctx: Context, request: RunRequest, error: DomainError): Promise<string | null> {
  const { decision_id: id } = error.extra;
  if (error.code !== "idempotency_key_reused" || typeof id !== "string") return null;
  const [made] = await ctx.db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.askedBy, request.id),
        sql`exists (select 1 from decisions d where d.id = ${id}
      and d.created_at >= ${request.createdAt.toISOString()}::timestamptz)`,
      ),
    )
    .limit(1);
  return made ? id : null;
}

type End =
  | { status: "done"; decisionId: string; isAnswered: boolean }
  | { status: "failed"; error: DomainError };

async function closeRequest(ctx: Context, request: RunRequest, end: End): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const decisionId = end.status === "done" ? end.decisionId : null;
    const [closed] = await ctx.db
      .update(runRequests)
      .set({
        status: end.status,
        decisionId,
        error: end.status === "failed" ? { code: end.error.code, message: end.error.message } : null,
        finishedAt: sql`now()`,
      })
      .where(and(eq(runRequests.id, request.id), eq(runRequests.status, "running")))
      .returning({ id: runRequests.id });
    if (!closed) return;
    if (decisionId !== null) {
      await ctx.db
        .update(runs)
        .set({ decisionId })
        .where(and(eq(runs.askedBy, request.id), isNull(runs.decisionId)));
      if (end.status === "done" && end.isAnswered) await askShadow(ctx, request, decisionId);
    }
    await emit(ctx, {
      type: "run.finished",
      subject: request.id,
      ...(decisionId === null ? {} : { decisionId }),
      data: { status: end.status, app_id: request.appId },
    });
  });
}

// A shadow version answers the same input later, by a worker.
async function askShadow(ctx: Context, request: RunRequest, decisionId: string): Promise<void> {
  const [shadow] = await ctx.db
    .select({ id: promptVersions.id })
    .from(promptVersions)
    .where(
      and(
        eq(promptVersions.status, "shadow"),
        sql`prompt_id = (select v.prompt_id from prompt_versions v where v.id = ${request.promptVersionId})`,
      ),
    );
  if (!shadow) return;
  await ctx.db
    .insert(shadowAnswers)
    .values({ orgId: ctx.orgId, decisionId, promptVersionId: shadow.id })
    .onConflictDoNothing();
}
