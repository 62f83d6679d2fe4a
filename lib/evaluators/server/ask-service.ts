import { z } from "zod";
import { newId } from "@/lib/kernel/ids";
import { maskStrings } from "@/lib/policies/moderation/mask-text";
import { piiCategories } from "@/lib/policies/moderation/pii/detect-pii";
import { allowedPrivateHosts, strictAgent, strictSend, type WireAnswer } from "@/lib/server/safe-fetch";
import { openSecret } from "@/lib/server/secrets";
import { signWebhook } from "@/lib/server/standard-webhooks";
import { configOf, type ConfigOf } from "../config";
import { ServiceCallError } from "../service-call-error";
import { secretPlace } from "./secret-place";
import type { EvaluatorInForce, Scorable, ScoreGiven } from "../scorable";

const Answer = z
  .strictObject({
    score: z.number().min(0).max(1).nullish(),
    passed: z.boolean().nullish(),
    label: z.string().max(100).nullish(),
    rationale: z.string().max(4000).nullish(),
  })
  .refine(({ score, passed, label }) => (score ?? passed ?? label ?? null) !== null, "says nothing");

const everything = new Set<string>(piiCategories);

/**
 * Asks a team's own service for a score: a signed POST (Standard Webhooks) over the house's rules for outbound requests.
 * The message's id is the score's, the same on every try, so that the service can answer what it has answered. Personal
 * data is masked unless the version says that it may see it. Throws ServiceCallError.
 */
export async function askService(evaluator: EvaluatorInForce, item: Scorable): Promise<ScoreGiven> {
  const config = configOf("http", evaluator.config);
  const began = performance.now();
  const answer = await post(config, evaluator, messageOf(evaluator, config, item));
  const latencyMs = performance.now() - began;
  const { score = null, passed, label = null, rationale = null } = read(answer);
  const isPassed = passed ?? (score === null ? null : score >= config.pass_at);
  const { quality } = evaluator;
  return { score, passed: isPassed, label, rationale, quality, runId: null, costMicros: null, latencyMs };
}

function messageOf(
  evaluator: EvaluatorInForce,
  { may_see_personal_data: maySee }: ConfigOf<"http">,
  { input, context, output, expected, confidence, ...item }: Scorable,
) {
  const id = item.askedBy ?? newId("request");
  const shown = { input, context, output, expected, prompt: item.prompt };
  const body = JSON.stringify({
    type: "evaluator.score_asked",
    id,
    evaluator: evaluator.evaluatorId,
    version: evaluator.versionId,
    quality: evaluator.quality,
    decision: item.decisionId,
    ...(maySee ? shown : maskStrings(shown, everything)),
    confidence,
    latency_ms: item.latencyMs,
    cost_micros: item.costMicros,
  });
  return { id, body };
}

async function post(
  { url: address, timeout_ms: timeoutMs }: ConfigOf<"http">,
  { versionId, secret }: EvaluatorInForce,
  { id, body }: { id: string; body: string },
): Promise<WireAnswer> {
  if (secret === null)
    throw new ServiceCallError("The version has no key to sign with.", { retryable: false });
  const url = new URL(address);
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = signWebhook(openSecret(secret, secretPlace(versionId)), { id, timestamp, body });
  const agent = strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), connections: 1, keepAlive: false });
  try {
    return await strictSend(agent, {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Countersign",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature,
      },
      body,
      timeoutMs,
      maxAnswerBytes: 64 * 1024,
    });
  } finally {
    await agent.destroy();
  }
}

function read(answer: WireAnswer): z.output<typeof Answer> {
  if (answer.kind !== "response") {
    throw new ServiceCallError(`The service did not answer: ${answer.error}`, { retryable: true });
  }
  const { status, text } = answer;
  if (status < 200 || status > 299) {
    const retryable = status >= 500 || status === 429 || status === 408;
    throw new ServiceCallError(`The service answered ${status}.`, { retryable });
  }
  const parsed = Answer.safeParse(jsonOrNothing(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where =
    issue === undefined ? "" : ` (${issue.path.join("/") || "the whole of it"}: ${issue.message})`;
  throw new ServiceCallError(`The service's answer is not a score${where}.`, { retryable: false });
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
