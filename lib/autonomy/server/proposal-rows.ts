import type { contractProposals } from "@/db/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { Terms } from "../schema";
import { wireOf } from "../terms";
import type { ProposalView } from "../views";
import type { ContractRow } from "./contract-rows";
import type { Names } from "./person-names";

export type ProposalRow = typeof contractProposals.$inferSelect;

/** What a proposal was made on; where this is another now, it has lapsed. */
export type Basis = {
  epoch: string;
  level: ContractRow["level"];
  threshold: number | null;
  terms: Terms;
};

/** The parts of a contract that a proposal is about. */
export function basisOf(contract: ContractRow): Basis {
  const { epochId: epoch, level, threshold, terms } = contract;
  return { epoch, level, threshold, terms };
}

/** Whether the contract is another than when this was proposed. Audit rates and ramp steps change nothing it rests on. */
export function hasLapsed({ evidence }: Pick<ProposalRow, "evidence">, contract: ContractRow): boolean {
  return canonicalJson(evidence["basis"] ?? null) !== canonicalJson(basisOf(contract));
}

/** The threshold that a proposal of autonomy is for. */
export function thresholdWanted({ wanted }: Pick<ProposalRow, "wanted">): number | null {
  const { threshold } = wanted;
  return typeof threshold === "number" ? threshold : null;
}

/** The terms that a proposal of terms is for. */
export function termsWanted({ wanted }: Pick<ProposalRow, "wanted">): Terms | null {
  // Written by propose-autonomy, from parsed terms.
  return (wanted["terms"] as Terms | undefined) ?? null;
}

export function proposalView(row: ProposalRow, names: Names): ProposalView {
  const terms = termsWanted(row);
  return {
    id: row.id,
    object: "contract_proposal",
    contract: row.contractId,
    kind: row.kind,
    status: row.status,
    threshold: thresholdWanted(row),
    terms: terms && wireOf(terms),
    evidence: row.evidence,
    reason: row.reason,
    proposed_by: names(row.proposedBy),
    decided_by: row.decidedBy === null ? null : names(row.decidedBy),
    decided_at: row.decidedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}
