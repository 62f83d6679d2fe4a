import { eq, sql } from "drizzle-orm";
import { contractProposals } from "@/db/schema";
import { missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { DeclineProposal, ProposalRef } from "../contracts";
import type { ProposalView } from "../views";
import { requirePerson } from "./require-person";
import { findContract } from "./contract-rows";
import { lockOpenProposal } from "./lock-open-proposal";
import { personNames } from "./person-names";
import { proposalView, type ProposalRow } from "./proposal-rows";
import { tellChange } from "./tell-change";

/** Declines what an admin proposed, with a reason; nothing changes. Throws `conflict` for a decided one. */
export async function declineProposal(ctx: Context, input: DeclineProposal): Promise<ProposalView> {
  authorize(ctx, "contracts.sign");
  requirePerson(ctx);
  return decide(ctx, input, { status: "declined", reason: input.reason });
}

/** Takes one's own proposal back. Throws `forbidden` for somebody else's, `conflict` for a decided one. */
export async function withdrawProposal(ctx: Context, input: ProposalRef): Promise<ProposalView> {
  authorize(ctx, "contracts.write");
  requirePerson(ctx);
  return decide(ctx, input, { status: "withdrawn", reason: undefined });
}

type Decided = { status: "declined" | "withdrawn"; reason: string | undefined };

async function decide(ctx: Context, input: ProposalRef, { status, reason }: Decided): Promise<ProposalView> {
  return inTransaction(ctx, async (ctx) => {
    const contract = await findContract(ctx, input.contract);
    const proposal = await lockOpenProposal(ctx, input);
    if (status === "withdrawn" && proposal.proposedBy !== actorName(ctx.actor)) {
      throw new DomainError("forbidden", "Somebody else proposed this; you may decline it.");
    }
    const decided = await write(ctx, proposal, status);
    await tellChange(ctx, contract, {
      event: "contract.changed",
      did: status === "declined" ? "proposal_declined" : "proposal_withdrawn",
      why: reason,
      data: { proposal: proposal.id, kind: proposal.kind, proposed_by: proposal.proposedBy },
    });
    return proposalView(decided, await personNames(ctx, [decided.proposedBy, decided.decidedBy]));
  });
}

async function write(ctx: Context, { id }: ProposalRow, status: Decided["status"]): Promise<ProposalRow> {
  const [row] = await ctx.db
    .update(contractProposals)
    .set({ status, decidedBy: actorName(ctx.actor), decidedAt: sql`now()` })
    .where(eq(contractProposals.id, id))
    .returning();
  return row ?? missing("proposal", id);
}
