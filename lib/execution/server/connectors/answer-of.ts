import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@/lib/kernel/json";
import { parseJson } from "@/lib/server/read-json";
import type { WireAnswer } from "@/lib/server/safe-fetch";
import type { Answer } from "../../connector";
import { retryAfterMs } from "../../retry-after";
import { coverText, coverValue } from "./cover-secrets";

/** What came over the wire as an answer: its JSON read, and every one of `secrets` in its text covered. */
export function answerOf(answer: WireAnswer, secrets: readonly string[] = []): Answer {
  if (answer.kind !== "response") return { ...answer, error: coverText(answer.error, secrets) };
  const { status, headers } = answer;
  const { text, body } = contentOf(answer.text, secrets);
  const asked = retryAfterMs(status, headerText(headers["retry-after"]), sentAt(headers));
  return {
    kind: "response",
    status,
    text,
    body,
    ...(asked === null ? {} : { retryAfterMs: asked }),
  };
}

// Some targets answer with the request they got, its credential included, and JSON can write that in many ways.
function contentOf(text: string, secrets: readonly string[]): { text: string; body: JsonValue | undefined } {
  const body = bodyOf(text);
  if (body === undefined || secrets.length === 0) return { text: coverText(text, secrets), body };
  const clean = coverValue(body, secrets);
  const isClean = isDeepStrictEqual(clean, body);
  return { text: isClean ? coverText(text, secrets) : JSON.stringify(clean), body: clean };
}

// A date in Retry-After is on the target's clock, which its Date header tells.
function sentAt(headers: Extract<WireAnswer, { kind: "response" }>["headers"]): number {
  const date = Date.parse(headerText(headers.date) ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}

export function headerText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

// A body that is not JSON, or that we could not store unchanged, is one we cannot read.
function bodyOf(text: string) {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
