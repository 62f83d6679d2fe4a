import type { HttpAction } from "@/lib/apps/action-config";
import { atPointer, isJsonObject, type JsonValue } from "@/lib/kernel/json";
import type { Answer, Classified, LookedUp } from "./connector";

type Reading = Pick<HttpAction, "refusal_statuses" | "reference_pointer"> & {
  /** A success is only accepted; what came of it is reported later. */
  reports_back?: boolean;
  /** The connector's success schema. */
  isSuccess: (body: JsonValue) => boolean;
  /** No earlier send of this execution can have reached the target. */
  first: boolean;
};

// They say "not now" or "somebody is at it", never "it did not happen", whatever an action lists.
const neverRefusals = new Set([408, 409, 425, 429]);

/** What an answer to a send means. Only a refusal of a first send is `failed`: that word means nothing happened. */
export function classifyAnswer(answer: Answer, reading: Reading): Classified {
  if (answer.kind === "not_sent") {
    return {
      ...nothing,
      outcome: "not_sent",
      status: reading.first ? "pending" : "unknown",
      error: answer.error,
    };
  }
  if (answer.kind === "no_answer") return ambiguous(answer.error);
  const { status } = answer;
  if (status >= 200 && status < 300) return classifySuccess(answer, reading);
  if (reading.refusal_statuses.includes(status) && !neverRefusals.has(status)) {
    return {
      ...nothing,
      outcome: "refused",
      status: reading.first ? "failed" : "unknown",
      result: answer.body ?? null,
      error: refusalSentence(status, answer.body),
    };
  }
  return ambiguous(`It answered ${status}, which says neither yes nor no`);
}

function classifySuccess(answer: Extract<Answer, { kind: "response" }>, reading: Reading): Classified {
  const body = answer.text.trim() === "" ? null : answer.body;
  if (body === undefined) return ambiguous(`It answered ${answer.status} with a body that cannot be read`);
  if (!reading.isSuccess(body)) {
    return ambiguous(`It answered ${answer.status}, but not with what a success looks like`);
  }
  const reference = referenceAt(body, reading.reference_pointer);
  // Taken on, not done: what came of it is said on the callback.
  if (reading.reports_back) {
    return { outcome: "accepted", status: "unknown", reference, result: body, error: acceptedError };
  }
  return { outcome: "succeeded", status: "succeeded", reference, result: body, error: null };
}

/**
 * What the answer to a look-up says. Absence is believed only where the answer shows the place and it is empty;
 * everything odd stays ambiguous, because "absent" lets an act be sent again.
 */
export function classifyLookup(
  answer: Answer,
  lookup: Pick<NonNullable<HttpAction["lookup"]>, "found_pointer" | "reference_pointer">,
): LookedUp {
  if (answer.kind !== "response") return { outcome: "ambiguous", error: answer.error };
  if (answer.status === 404 && lookup.found_pointer === "") return { outcome: "absent" };
  if (answer.status !== 200 || answer.body === undefined) {
    return { outcome: "ambiguous", error: `The look-up was answered ${answer.status}` };
  }
  const found = atPointer(answer.body, lookup.found_pointer);
  if (found === undefined && !isPastTheEnd(answer.body, lookup.found_pointer)) {
    return { outcome: "ambiguous", error: `The look-up's answer has nothing at ${lookup.found_pointer}` };
  }
  if (found === undefined || found === null || (Array.isArray(found) && found.length === 0)) {
    return { outcome: "absent" };
  }
  return { outcome: "found", reference: referenceAt(answer.body, lookup.reference_pointer), result: found };
}

/** True when the pointer names an item beyond the end of a list: the list is there, the item is not. */
function isPastTheEnd(body: JsonValue, pointer: string): boolean {
  return Array.isArray(atPointer(body, pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")))));
}

const acceptedError = "Accepted; its report is awaited";
const nothing = { reference: null, result: null } as const;

function ambiguous(error: string): Classified {
  return { ...nothing, outcome: "ambiguous", status: "unknown", error };
}

/** A text or number at the pointer, as the target's own name for what happened. */
export function referenceAt(body: JsonValue, pointer: string): string | null {
  const value = atPointer(body, pointer);
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 255) : null;
}

/** The target's own sentence for a refusal, where one stands in a usual place. */
function refusalSentence(status: number, body: JsonValue | undefined): string {
  const places = ["/error/message", "/detail", "/message", "/error", "/title"];
  for (const place of isJsonObject(body) ? places : []) {
    const text = atPointer(body ?? null, place);
    if (typeof text === "string" && text !== "") return `It refused (${status}): ${text.slice(0, 500)}`;
  }
  return `It refused (${status})`;
}
