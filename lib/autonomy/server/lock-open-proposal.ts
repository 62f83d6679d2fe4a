import { and, eq } from "drizzle-orm";
import { contractProposals } from "@/db/schema";
import { missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import type { ProposalRef } from "../contracts";
import { proposalStatusWords } from "../words";
import type { ProposalRow } from "./proposal-rows";

/** The open proposal of a contract, held until the transaction ends. Throws `not_found`, and `conflict` for a decided one. */
export async function lockOpenProposal(ctx: Context, input: ProposalRef): Promise<ProposalRow> {
  const [proposal] = await ctx.db
    .select()
    .from(contractProposals)
    .where(
      and(
        eq(contractProposals.id, input.proposal),
        eq(contractProposals.contractId, input.contract),
        eq(contractProposals.orgId, ctx.orgId),
      ),
    )
    .for("update");
  if (!proposal) return missing("proposal", input.proposal);
  if (proposal.status === "open") return proposal;
  const word = proposalStatusWords[proposal.status].toLowerCase();
  throw new DomainError("conflict", `This proposal is decided: ${word}.`, {
    code: proposal.status === "lapsed" ? "proposal_lapsed" : "conflict",
  });
}
