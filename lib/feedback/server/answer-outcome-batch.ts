import { apiContext } from "@/lib/identity/server/api-context";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { isJsonObject, type JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { parseWith } from "@/lib/server/parse";
import { problemOf } from "@/lib/server/problem";
import { bodyText, jsonLimits, parseJson, requireJsonBody } from "@/lib/server/read-json";
import { maxOutcomes, OutcomeItem, type OutcomeAnswer } from "../schema";
import { recordOutcomes, type Recorded } from "./record-outcomes";

/** Bytes of a whole batch of outcomes. */
export const outcomeBatchBytes = 4 * 1024 * 1024;
const limits = { bytes: outcomeBatchBytes, depth: 8, nodes: jsonLimits.nodes };
const ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

type Item = { parsed: OutcomeItem } | { error: unknown };

/** Answers `POST /api/v1/outcomes/batch`, JSON or NDJSON: what is wrong with an item is that item's problem alone. */
export async function answerOutcomeBatch(incoming: Incoming): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const ctx = await apiContext(incoming, requestId);
    authorize(ctx, "decisions.outcome");
    const type = requireJsonBody(incoming.header, ndjson);
    const text = bodyText(await incoming.body(), outcomeBatchBytes);
    const data = await answers(ctx, ndjson.includes(type) ? linesOf(text) : valuesOf(text));
    return json(200, { object: "batch", data }, { "Request-Id": requestId });
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

/** Reads, records and answers a batch, in order. */
export async function answers(ctx: Context, reads: readonly (() => JsonValue)[]): Promise<OutcomeAnswer[]> {
  authorize(ctx, "decisions.outcome");
  const items = reads.map((read): Item => {
    try {
      return { parsed: parseWith(OutcomeItem, read()) };
    } catch (error) {
      return { error };
    }
  });
  const recorded = await recordOutcomes(
    ctx,
    items.flatMap((item) => ("parsed" in item ? [item.parsed] : [])),
  );
  let next = 0;
  return items.map((item, index) => answerOf("parsed" in item ? recorded[next++] : item, index));
}

function linesOf(text: string): (() => JsonValue)[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  requireSize(lines.length);
  return lines.map((line) => () => parseJson(line, limits));
}

function valuesOf(text: string): (() => JsonValue)[] {
  const value = parseJson(text, limits);
  const list = isJsonObject(value) ? value.outcomes : value;
  if (!Array.isArray(list)) {
    throw new DomainError("invalid", 'Send { "outcomes": [ … ] }, an array, or NDJSON', {
      code: "validation_failed",
      errors: [{ pointer: "/outcomes", code: "invalid_type", message: "a list of outcomes is expected" }],
    });
  }
  requireSize(list.length);
  return list.map((item) => () => item);
}

function requireSize(count: number): void {
  if (count <= maxOutcomes) return;
  throw new DomainError("too_large", `A batch holds at most ${maxOutcomes} outcomes; this one has ${count}`, {
    code: "body_too_large",
  });
}

function answerOf(one: Recorded | Item | undefined, index: number): OutcomeAnswer {
  if (one && "kind" in one && one.kind === "recorded") {
    const { id, decisionId, truth, replayed } = one;
    const outcome = { id, decision_id: decisionId, truth };
    return { index, status: replayed ? 200 : 201, replayed, outcome, error: null };
  }
  const error = one && "error" in one ? one.error : new Error("an item came back without an answer");
  const { type, title, status, detail, code, errors } = problemOf(error);
  return {
    index,
    status,
    replayed: false,
    outcome: null,
    error: { type, title, status, detail, code, errors },
  };
}
