import { completeArguments } from "@/lib/apps/server/arguments-as-signed";
import { isObservedFor } from "@/lib/decisions/observed";
import { canonicalJson } from "@/lib/kernel/canonical";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Verdict } from "@/lib/kernel/statuses";
import { NotObserved } from "../not-observed";
import type { Ruling } from "../schema";
import { standingArguments } from "./case-rule";
import type { Case } from "./read-case";

/**
 * Throws unless the verdict is complete and fits its decision type: edited arguments meet the type's schema and
 * differ from the proposal, a decline says why.
 */
export function checkRuling(ruling: Ruling, about: Case): void {
  checkVerdict(ruling.verdict, about);
  if (ruling.verdict === "edit") checkEdit(ruling.arguments, about);
  if (ruling.verdict === "decline") checkReason(ruling, about);
  if (ruling.verdict === "approve" && about.unanswered) checkFilledIn(about);
}

// No model said what to do: an approval as it stands may be one of nothing.
function checkFilledIn(about: Case): void {
  const { errors } = completed(standingArguments(about), about);
  const [first] = errors;
  if (!first) return;
  const message = `No model filled in the action: ${first.pointer} ${first.message}. Fill it in, and approve that.`;
  throw new DomainError("invalid", message, { code: "validation_failed", errors });
}

/** The ruling with an edit's arguments as they would be signed: the defaults of the type's schema filled in. */
export function completeRuling(ruling: Ruling, about: Case): Ruling {
  if (ruling.verdict !== "edit") return ruling;
  return { ...ruling, arguments: completed(ruling.arguments, about).value };
}

function completed(args: JsonObject, { type_id, type_version, arguments_schema }: Case) {
  return completeArguments({ typeId: type_id, version: type_version, schema: arguments_schema }, args);
}

/** Throws unless an approval rests on a state that was read from the target, where its action has one to observe. */
export function checkObserved(ruling: Ruling, about: Case): void {
  if (ruling.verdict !== "approve" && ruling.verdict !== "edit") return;
  const args = ruling.verdict === "edit" ? ruling.arguments : standingArguments(about);
  if (about.observe !== null && !isObservedFor(about.observe, args, about.observed)) {
    throw new NotObserved(about.decision_id, args);
  }
}

function checkVerdict(verdict: Verdict, { verdicts, queue_name }: Case): void {
  if (verdicts === null || verdicts.includes(verdict)) return;
  const message = `must be ${verdicts.join(" or ")}`;
  throw new DomainError("invalid", `The queue ${queue_name} does not give this verdict: it ${message}`, {
    code: "verdict_not_supported",
    errors: [{ pointer: "/verdict", code: "verdict_not_supported", message }],
  });
}

function checkEdit(edited: JsonObject, about: Case): void {
  const { errors } = completed(edited, about);
  if (errors.length > 0) {
    const [first] = errors;
    throw new DomainError("invalid", `${first?.pointer ?? ""} ${first?.message ?? "does not fit"}`, {
      code: "validation_failed",
      errors,
    });
  }
  if (canonicalJson(edited) === canonicalJson(standingArguments(about))) {
    throw refuse(
      "/arguments",
      "unchanged",
      "Nothing was changed",
      "Approve the proposal as it stands, or change it.",
    );
  }
}

function checkReason(ruling: { reason_code?: string; note?: string }, about: Case): void {
  const { reason_code, note } = ruling;
  if (reason_code === undefined && note === undefined) {
    throw refuse(
      "/reason_code",
      "required",
      "A decline needs a reason",
      "Give a reason_code of the type, or a note.",
    );
  }
  if (reason_code !== undefined && !about.decline_reasons.includes(reason_code)) {
    const known = about.decline_reasons.map((reason) => `"${reason}"`).join(", ") || "none: give a note";
    throw refuse(
      "/reason_code",
      "unknown_reason",
      "There is no such reason here",
      `The reasons are ${known}.`,
    );
  }
}

function refuse(pointer: string, code: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `${message}. ${fix}`, {
    code: "validation_failed",
    errors: [{ pointer, code, message, fix }],
  });
}
