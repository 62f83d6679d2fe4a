import { database } from "@/db/client";
import { Submission } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { isJsonObject, type JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { livemode } from "@/lib/server/origin";
import { parseWith } from "@/lib/server/parse";
import { problemOf } from "@/lib/server/problem";
import { bodyText, jsonLimits, parseJson, requireJsonBody, tooLarge } from "@/lib/server/read-json";
import { maxBatch, type BatchItem } from "../schema";
import { idempotencyKeyOf, presentedKey, requireGoodKey, requireKeyText } from "./answer-submit";
import { submitDecisions, type Outcome } from "./submit-decisions";
import type { Submitted } from "./submitted";
import { bornStatus } from "./incoming-rows";

/** Bytes of a whole batch; each item keeps the limits of a single. */
export const batchBytes = 16 * 1024 * 1024;
const batchLimits = { bytes: batchBytes, depth: jsonLimits.depth + 2, nodes: jsonLimits.nodes * 50 };
const ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

type Item = { submitted: Submitted } | { error: unknown };

/**
 * Answers `POST /api/v1/decisions/batch`: JSON or NDJSON, an answer an item in order. Throws
 * nothing: what is wrong with the whole is its problem, what is wrong with an item is that item's.
 */
export async function answerBatch(incoming: Incoming): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const verified = await requireGoodKey(presentedKey(incoming));
    const type = requireJsonBody(incoming.header, ndjson);
    const text = bodyText(await incoming.body(), batchBytes);
    const header = idempotencyKeyOf(incoming);
    const raw = ndjson.includes(type) ? linesOf(text) : valuesOf(text);
    const items = raw.map((read, index): Item => {
      try {
        return {
          submitted: { actor: verified.actor, livemode: livemode(), ...itemOf(read(), header, index) },
        };
      } catch (error) {
        return { error };
      }
    });
    const ctx: Context = {
      db: database(),
      orgId: verified.orgId,
      actor: { kind: "system", id: "intake" },
      now: new Date(),
      requestId,
    };
    authorize(verified, "decisions.submit");
    return json(200, { object: "batch", data: await answers(ctx, items) }, { "Request-Id": requestId });
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

type Read = () => JsonValue;

function linesOf(text: string): Read[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  requireSize(lines.length);
  return lines.map((line) => () => {
    if (line.length > jsonLimits.bytes) throw tooLarge(jsonLimits.bytes);
    return parseJson(line, jsonLimits);
  });
}

function valuesOf(text: string): Read[] {
  const value = parseJson(text, batchLimits);
  const isLong = text.length > jsonLimits.bytes;
  const list = isJsonObject(value) ? value.decisions : value;
  if (!Array.isArray(list)) {
    throw new DomainError("invalid", 'Send { "decisions": [ … ] }, an array, or NDJSON', {
      code: "validation_failed",
      errors: [{ pointer: "/decisions", code: "invalid_type", message: "a list of decisions is expected" }],
    });
  }
  requireSize(list.length);
  return list.map((item) => () => {
    // No item is longer than the whole.
    if (isLong && JSON.stringify(item).length > jsonLimits.bytes) throw tooLarge(jsonLimits.bytes);
    return item;
  });
}

function requireSize(count: number): void {
  if (count > maxBatch)
    throw new DomainError("too_large", `A batch holds at most ${maxBatch} decisions; this one has ${count}`, {
      code: "body_too_large",
    });
}

function itemOf(
  value: JsonValue,
  header: string | null,
  index: number,
): Pick<Submitted, "idempotencyKey" | "submission"> {
  if (!isJsonObject(value)) return { idempotencyKey: null, submission: parseWith(Submission, value) };
  const { idempotency_key: key, ...rest } = value;
  const own = key === undefined ? null : requireKeyText(key, "/idempotency_key");
  return {
    idempotencyKey: own ?? (header === null ? null : `${header}/${index}`),
    submission: parseWith(Submission, rest),
  };
}

async function answers(ctx: Context, items: readonly Item[]): Promise<BatchItem[]> {
  const good = items.flatMap((item) => ("submitted" in item ? [item.submitted] : []));
  const outcomes = good.length > 0 ? await submitDecisions(ctx, good, { allNew: true }) : [];
  let next = 0;
  const settled = items.map((item) => ("submitted" in item ? outcomes[next++] : item));
  return Promise.all(settled.map((one, index) => answerOf(ctx, one, index)));
}

async function answerOf(ctx: Context, one: Outcome | Item | undefined, index: number): Promise<BatchItem> {
  if (one && "kind" in one && one.kind !== "refused") return acceptedItem(ctx, one, index);
  const error = one && "error" in one ? one.error : new Error("an item came back without an answer");
  const { type, title, status, detail, code, errors } = problemOf(error, { requestId: ctx.requestId });
  return {
    index,
    status,
    replayed: false,
    decision: null,
    error: { type, title, status, detail, code, errors },
  };
}

async function acceptedItem(
  ctx: Context,
  accepted: Exclude<Outcome, { kind: "refused" }>,
  index: number,
): Promise<BatchItem> {
  if (accepted.kind === "created") {
    const { plan } = accepted;
    const route = { outcome: plan.routing.route, reasons: plan.routing.reasons };
    const decision = {
      id: plan.id,
      object: "decision" as const,
      external_id: plan.submission.external_id ?? null,
      type: plan.type.typeKey,
      status: bornStatus(plan),
      route,
    };
    return { index, status: 201, replayed: false, decision, error: null };
  }
  return { index, status: 201, replayed: true, decision: accepted.standing, error: null };
}
