import { setTimeout as wait } from "node:timers/promises";
import { and, eq, or } from "drizzle-orm";
import { decisions, runs } from "@/db/schema";
import { findApp, missing } from "@/lib/apps/server/find";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { idempotencyKeyOf } from "@/lib/intake/server/answer-submit";
import { DomainError } from "@/lib/kernel/errors";
import { ModelCallError } from "@/lib/models/model-call-error";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { Reply, type VerbInput } from "@/lib/server/handle";
import { log } from "@/lib/server/log";
import { livemode } from "@/lib/server/origin";
import type { DecisionWithRun, RunBody } from "../run-endpoints";
import { settingsOf } from "../settings";
import { fillTemplate, takeArguments } from "../template";
import { activeVersion } from "./active-version";
import { answerWithPrompt } from "./answer-with-prompt";
import { openRequest, requestKey, standingRequest, type RunRequest } from "./requests";
import { summaryOf } from "./view-of-run";
import { submitAnswer, type Answered } from "./submit-answer";
import type { LoadedVersion } from "./version-rows";

/** Beyond the model's own time: for the submission, and a database that is slow. */
const marginMs = 60_000;
/** How long a repeat waits for the first request's answer, and how often it looks, milliseconds. */
const patience = { most: 25_000, each: 200 };

/**
 * Makes a decision from an input by the app's active prompt. The request's key is taken before the model is asked, so a
 * repeat is answered with the same decision and nobody is asked twice. A model that gives no usable answer ends in a
 * decision for a person. Throws `no_active_prompt`, `validation_failed`, `idempotency_key_reused`, `run_under_way`.
 */
export async function makeRun(
  ctx: Context,
  input: VerbInput<{ app: string }, unknown, RunBody>,
): Promise<Reply<DecisionWithRun>> {
  authorize(ctx, "runs.make");
  const { params, body } = input;
  const app = await findApp(ctx, params.app);
  if (ctx.actor.kind !== "key" || ctx.actor.appId !== app.id) return missing("app", params.app);
  const idempotencyKey = idempotencyKeyOf(input);
  const key = requestKey(idempotencyKey, body);
  if (key === null && livemode()) throw noKey();
  const standing = key === null ? null : await standingRequest(ctx, { appId: app.id, key, body });
  if (standing) return answerAgain(ctx, standing);
  const loaded = await activeVersion(ctx, app.id, body.prompt);
  requireFitting(loaded, body);
  if (key !== null) await requireUnused(ctx, app.id, { idempotencyKey, externalId: body.external_id });
  const request = await openRequest(ctx, {
    appId: app.id,
    keyId: ctx.actor.id,
    promptVersionId: loaded.version.id,
    idempotencyKey,
    body,
    livemode: livemode(),
    withinMs: loaded.model.timeoutMs + marginMs,
  });
  if (!request) {
    const first = key === null ? null : await standingRequest(ctx, { appId: app.id, key, body });
    if (!first) throw underWay();
    return answerAgain(ctx, first);
  }
  const decisionId = await submitAnswer(ctx, request, loaded, await ask(ctx, request, loaded, body));
  return reply(ctx, request, decisionId);
}

async function ask(
  ctx: Context,
  request: RunRequest,
  { version }: LoadedVersion,
  body: RunBody,
): Promise<Answered> {
  try {
    const answer = await answerWithPrompt(ctx, {
      promptVersionId: version.id,
      input: body.input,
      purpose: "decision",
      askedBy: request.id,
    });
    return { answer };
  } catch (error) {
    if (error instanceof ModelCallError) return { failure: error.message };
    // Whatever it was, somebody waits for a decision: a person makes it.
    log.error({ err: error, request: request.id }, "a run could not be made");
    return {
      failure:
        error instanceof DomainError
          ? error.message
          : "Something broke on our side while the model was asked",
    };
  }
}

/** Everything that would be refused later is refused before a model is asked. */
function requireFitting({ version, type }: LoadedVersion, { input }: RunBody): void {
  const errors = validatorOf(`${type.id}@${type.version}/input`, type.inputSchema)(input, "/input");
  const [first] = errors;
  if (first)
    throw new DomainError("invalid", `${first.pointer}: ${first.message}`, {
      code: "validation_failed",
      errors,
    });
  fillTemplate(version.messages, input);
  takeArguments(settingsOf(version.settings).take, input);
}

type Names = { idempotencyKey: string | null; externalId: string | undefined };

// A decision that was submitted under this name has an answer already; asking a model would be for nothing.
async function requireUnused(
  ctx: Context,
  appId: string,
  { idempotencyKey, externalId }: Names,
): Promise<void> {
  const [made] = await ctx.db
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        eq(decisions.orgId, ctx.orgId),
        eq(decisions.appId, appId),
        or(
          idempotencyKey === null ? undefined : eq(decisions.idempotencyKey, idempotencyKey),
          externalId === undefined ? undefined : eq(decisions.externalId, externalId),
        ),
      ),
    )
    .limit(1);
  if (!made) return;
  throw new DomainError("invalid", `This key already made ${made.id}, by another request`, {
    code: "idempotency_key_reused",
    extra: { decision_id: made.id },
  });
}

async function answerAgain(ctx: Context, request: RunRequest): Promise<Reply<DecisionWithRun>> {
  let standing = request;
  for (let waited = 0; standing.status === "running"; waited += patience.each) {
    if (waited >= patience.most) throw underWay();
    await wait(patience.each);
    standing = (await standingById(ctx, request)) ?? request;
  }
  if (standing.decisionId !== null) return reply(ctx, standing, standing.decisionId, "replayed");
  const { code, message } = standing.error ?? {};
  throw new DomainError(
    "unavailable",
    `No decision could be made: ${typeof message === "string" ? message : "the model failed"}`,
    {
      code: "model_failed",
      extra: { request: standing.id, ...(typeof code === "string" ? { cause: code } : {}) },
    },
  );
}

function standingById(ctx: Context, { appId, key, request }: RunRequest) {
  const { idempotency_key: _key, ...body } = request;
  // Its own body, so the hash is the same.
  return standingRequest(ctx, { appId, key, body: body as RunBody });
}

async function reply(
  ctx: Context,
  request: RunRequest,
  decisionId: string,
  repeated?: "replayed",
): Promise<Reply<DecisionWithRun>> {
  const view = await getDecision(ctx, { params: { decision: decisionId } });
  const rows = await ctx.db.select().from(runs).where(eq(runs.askedBy, request.id)).orderBy(runs.id);
  return new Reply(
    { ...view, run: summaryOf(rows) },
    {
      headers: {
        Location: `/api/v1/decisions/${decisionId}`,
        ...(repeated ? { "Idempotent-Replayed": "true" } : {}),
      },
    },
  );
}

function underWay(): DomainError {
  return new DomainError("unavailable", "The model is still being asked for this key", {
    code: "run_under_way",
    extra: { retry_after: 5 },
  });
}

function noKey(): DomainError {
  return new DomainError("invalid", "Send an Idempotency-Key header or an external_id", {
    code: "idempotency_key_required",
    errors: [
      {
        pointer: "/external_id",
        code: "required",
        message: "neither a key nor an external id was given",
        fix: "Send one of the two",
      },
    ],
  });
}
