import { parseJson } from "@/lib/server/read-json";
import type { WireAnswer } from "@/lib/server/safe-fetch";
import type { Answer } from "../../connector";
import { retryAfterMs } from "../../retry-after";

/** What came over the wire as an answer: its JSON read, and every one of `secrets` in its text covered. */
export function answerOf(answer: WireAnswer, secrets: readonly string[] = []): Answer {
  if (answer.kind !== "response") return { ...answer, error: covered(answer.error, secrets) };
  const { status, headers } = answer;
  const text = covered(answer.text, secrets);
  const asked = retryAfterMs(status, headerText(headers["retry-after"]), sentAt(headers));
  return {
    kind: "response",
    status,
    text,
    body: bodyOf(text),
    ...(asked === null ? {} : { retryAfterMs: asked }),
  };
}

// Some targets answer with the request they got, its credential included. One of a few letters is found everywhere.
function covered(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, "[secret]");
  return clean;
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
