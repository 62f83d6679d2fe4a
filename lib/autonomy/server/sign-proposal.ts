import { eq, sql } from "drizzle-orm";
import { contractProposals } from "@/db/schema";
import { findType } from "@/lib/apps/server/find";
import { isAdmin } from "@/lib/apps/server/is-admin";
import { DomainError } from "@/lib/kernel/errors";
import { requireFlipsOpened } from "@/lib/policies/server/require-flips-opened";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { ProposalRef } from "../contracts";
import type { ContractView } from "../views";
import { thresholdText } from "../threshold-text";
import { proposalWords } from "../words";
import { lockLiveContract, readEpoch, type ContractRow } from "./contract-rows";
import { requirePerson } from "./require-person";
import { deployThreshold } from "./deploy-threshold";
import { lockOpenProposal } from "./lock-open-proposal";
import { lapseProposals } from "./lapse-proposals";
import { hasLapsed, termsWanted, thresholdWanted, type ProposalRow } from "./proposal-rows";
import { readContract } from "./read-contracts";
import { requireCertified } from "./require-certified";
import { putTerms } from "./put-terms";
import { tellChange } from "./tell-change";

/**
 * The second admin's signature: what was proposed is in force from the commit on. Throws `own_proposal` to whoever
 * proposed it, `proposal_lapsed` where the contract is another by now or the proposer no admin any more, `threshold_not_certified` where the evidence
 * of now no longer carries it, `replay_required` and `flips_unopened` where nobody has
 * replayed it in this period, or opened what that lists, and `expanded_today`.
 */
export async function signProposal(ctx: Context, input: ProposalRef): Promise<ContractView> {
  authorize(ctx, "contracts.sign");
  requirePerson(ctx);
  const signed = await inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    const proposal = await lockOpenProposal(ctx, input);
    requireAnother(ctx, proposal);
    if (hasLapsed(proposal, contract) || !(await isAdmin(ctx, proposal.proposedBy))) {
      await lapseProposals(ctx, contract.id);
      return null;
    }
    if (proposal.kind === "terms") await signTerms(ctx, contract, proposal);
    else await signThreshold(ctx, contract, proposal);
    return readContract(ctx, contract.id);
  });
  if (signed) return signed;
  throw new DomainError(
    "conflict",
    "The contract, or the role of whoever proposed this, has changed since; propose it again.",
    {
      code: "proposal_lapsed",
    },
  );
}

function requireAnother(ctx: Context, { proposedBy }: ProposalRow): void {
  if (proposedBy !== actorName(ctx.actor)) return;
  throw new DomainError("forbidden", "You proposed this; another admin signs it.", { code: "own_proposal" });
}

async function markSigned(ctx: Context, { id }: ProposalRow): Promise<void> {
  await ctx.db
    .update(contractProposals)
    .set({ status: "signed", decidedBy: actorName(ctx.actor), decidedAt: sql`now()` })
    .where(eq(contractProposals.id, id));
}

async function signTerms(ctx: Context, contract: ContractRow, proposal: ProposalRow): Promise<void> {
  const terms = termsWanted(proposal);
  if (!terms) throw new Error("a proposal of terms has none");
  await markSigned(ctx, proposal);
  const { currency } = await findType(ctx, contract.typeId);
  const evidence = { proposal: proposal.id, proposed_by: proposal.proposedBy };
  await putTerms(ctx, contract, { terms, currency, reason: proposal.reason, evidence });
  await tellChange(ctx, contract, { event: "contract.changed", did: "signed", data: told(proposal) });
}

async function signThreshold(ctx: Context, contract: ContractRow, proposal: ProposalRow): Promise<void> {
  const threshold = thresholdWanted(proposal);
  if (threshold === null) throw new Error("a proposal of autonomy has no threshold");
  const epoch = await readEpoch(ctx, contract);
  const { figures } = requireCertified(contract, epoch, { threshold, now: ctx.now });
  const { appId, typeId, predicted } = contract;
  // Nothing comes into force before somebody saw what it would have let act.
  const draft = { kind: "threshold", appId, typeId, predicted, threshold, since: epoch.startedAt } as const;
  await requireFlipsOpened(ctx, draft, { missing: "refuse" });
  await markSigned(ctx, proposal);
  const kind = proposal.kind === "promote" ? "promoted" : "expanded";
  const { n, wrong } = figures;
  const shown = `${wrong.toLocaleString("en")} of ${n.toLocaleString("en")} at or above it were wrong`;
  await deployThreshold(ctx, {
    contractId: contract.id,
    epochId: epoch.id,
    threshold,
    kind,
    why: `${proposalWords[proposal.kind]}, from confidence ${thresholdText(threshold)} on: ${shown}. ${proposal.reason}`,
    evidence: { ...told(proposal), figures },
  });
}

function told({ id, kind, proposedBy }: ProposalRow) {
  return { proposal: id, kind, proposed_by: proposedBy };
}
