import {
  checkEvidence,
  type EvidenceInput,
  type EvidenceSource,
  type EvidenceSpan,
  isSameSpan,
} from "@/lib/feedback/evidence";
import { evidenceSources } from "@/lib/feedback/server/feedback-targets";
import { ownInput, shownSpans } from "@/lib/feedback/server/shown-spans";
import { DomainError } from "@/lib/kernel/errors";
import type { Cause } from "@/lib/kernel/statuses";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { Context } from "@/lib/server/context";
import type { Proposal } from "../proposal";

type About = { decisionId: string; proposal: Proposal | null };
type Said = { cause: Cause; evidence?: readonly EvidenceInput[] | undefined };

/**
 * The words that a confirmed cause rests on, each checked against the decision as it is now. Left out, they are those
 * quotes of the proposal that still stand, where it named this cause. Whoever sees the decision masked sends a quote of
 * the proposal back as they were shown it. Throws `validation_failed` for words that do not stand there.
 */
export async function citedSpans(
  ctx: Context,
  { decisionId, proposal }: About,
  { cause, evidence }: Said,
): Promise<EvidenceSpan[]> {
  const source = (await evidenceSources(ctx, [decisionId])).get(decisionId);
  if (!source) throw new DomainError("not_found", `There is no decision ${decisionId}`);
  const own = checkEvidence(source, proposal?.evidence ?? []).spans;
  if (evidence === undefined) return proposal?.usable && proposal.cause === cause ? own : [];
  const seen = await maskFor(ctx, source);
  const shown = shownSpans(source, seen, own);
  const meant = evidence.map(
    (given) => own[shown.findIndex((span) => isMeant(given, span))] ?? ownInput(source, seen, given),
  );
  return checked(source, meant);
}

function isMeant(given: EvidenceInput, shown: EvidenceSpan): boolean {
  const { start = shown.start, end = shown.end } = given;
  return given.quote === shown.quote && isSameSpan({ ...given, start, end }, shown);
}

function checked(source: EvidenceSource, given: readonly EvidenceInput[]): EvidenceSpan[] {
  const { spans, errors } = checkEvidence(source, given);
  if (errors.length > 0) {
    throw new DomainError("invalid", `${errors[0]?.pointer}: ${errors[0]?.message}`, {
      code: "validation_failed",
      errors,
    });
  }
  return spans.filter((span, at) => spans.findIndex((other) => isSameSpan(span, other)) === at);
}
