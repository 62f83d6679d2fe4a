import { sql } from "drizzle-orm";
import type { ContextItem, Truth } from "@/lib/decisions/schema";
import type { EvidenceSource, EvidenceSpan } from "@/lib/feedback/evidence";
import { shownSpans } from "@/lib/feedback/server/shown-spans";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Proposal } from "../proposal";
import type { DiscrepancyView, ProposalView, SideView } from "../schema";
import { strongestSide, type Sides } from "../sides";
import { discrepancySides } from "../vocabulary";
import { actorNames } from "./actor-names";
import { isBlindFor, stampOf, summaryColumns, summaryOf, summarySource, type SummaryRow } from "./rows";

type Row = SummaryRow & {
  sides: Sides;
  proposal: Proposal | null;
  confirmed_evidence: EvidenceSpan[] | null;
  note: string | null;
  decided_by: string | null;
  decided_at: string | null;
  ask_tries: number;
  ask_error: string | null;
  ask_due: boolean;
  is_blind: boolean;
  input: JsonValue;
  context: ContextItem[] | null;
  own_arguments: JsonObject;
  rationale: string | null;
};

/**
 * One record with its sides, its evidence and what was proposed, as this person may see it. Throws `not_found`, and
 * `answer_first` to whoever is still to answer the decision blind.
 */
export async function getDiscrepancy(ctx: Context, { id }: { id: string }): Promise<DiscrepancyView> {
  authorize(ctx, "discrepancies.read");
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select ${summaryColumns}, x.sides, x.proposal, x.evidence as confirmed_evidence, x.note, x.decided_by, ${stampOf(sql`x.decided_at`)} as decided_at,
        x.ask_tries, x.ask_error, x.ask_at is not null as ask_due, ${isBlindFor(ctx)} as is_blind, d.input, d.context,
        d.arguments as own_arguments, d.rationale
      from ${summarySource} where x.id = ${id} and x.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new DomainError("not_found", `There is no discrepancy ${id}`);
  if (row.is_blind) {
    const message = "You are still to answer this decision blind: who said what is shown once you have";
    throw new DomainError("forbidden", message, { code: "answer_first" });
  }
  return viewOf(ctx, row);
}

async function viewOf(ctx: Context, row: Row): Promise<DiscrepancyView> {
  const { input, context, own_arguments, rationale, proposal } = row;
  const words = discrepancySides.map((side) => row.sides[side]);
  const evidence: Case = { input, context, arguments: own_arguments, rationale };
  const shown = await maskFor(ctx, {
    evidence,
    texts: words.map((word) => ({ text: word?.text ?? null, arguments: word?.arguments ?? null })),
    why: proposal?.why ?? "",
    note: row.note,
    summary: summaryOf(row),
  });
  const quoted = (spans: readonly EvidenceSpan[]) =>
    shownSpans(sourceOf(evidence), sourceOf(shown.evidence), spans);
  const nameOf = await actorNames(ctx, [...words.map((word) => word?.by ?? null), row.decided_by]);
  const sides = discrepancySides.flatMap((side, at): SideView[] => {
    const word = row.sides[side];
    if (!word) return [];
    const { text = null, arguments: args = null } = shown.texts[at] ?? {};
    const { truth, said } = word;
    return [{ side, truth, said, arguments: args, by: nameOf(word.by), at: word.at, text }];
  });
  return {
    ...shown.summary,
    predicted: row.predicted,
    sides,
    proposal: proposal && proposalView(proposal, shown.why, quoted(proposal.evidence)),
    asking: { tries: row.ask_tries, error: row.ask_error, due: row.ask_due },
    truth: row.truth,
    suggested_truth: suggestedTruth(row.sides),
    confirmed_evidence: quoted(row.confirmed_evidence ?? []),
    note: shown.note,
    decided_by: nameOf(row.decided_by),
    decided_at: row.decided_at,
    evidence: shown.evidence,
    own_side: row.sides.reviewer?.by === actorName(ctx.actor),
  };
}

type Case = {
  input: JsonValue;
  context: ContextItem[] | null;
  arguments: JsonObject;
  rationale: string | null;
};

function proposalView(proposal: Proposal, why: string, evidence: EvidenceSpan[]): ProposalView {
  const { runId, ...rest } = proposal;
  return { ...rest, why, run_id: runId, evidence };
}

/** Evidence as quotes are looked for in it; what came in as context is JSON. */
export function sourceOf(evidence: Case): EvidenceSource {
  return { ...evidence, context: (evidence.context ?? []) as unknown as JsonValue };
}

/** What the strongest side says: taken for right where a person who confirms says nothing else. */
export function suggestedTruth(sides: Sides): Truth {
  const side = strongestSide(sides);
  return (side && sides[side]?.truth) ?? "positive";
}
