import { and, eq } from "drizzle-orm";
import { contractProposals } from "@/db/schema";
import { requireVersion } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { requireFlipsOpened } from "@/lib/policies/server/require-flips-opened";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { ProposeAutonomy } from "../contracts";
import type { ProposalKind } from "../schema";
import { compareTerms } from "../terms";
import type { ProposalView } from "../views";
import { askedTerms } from "./asked-terms";
import { requirePerson } from "./require-person";
import { lockLiveContract, readEpoch, type ContractRow, type EpochRow } from "./contract-rows";
import { personNames } from "./person-names";
import { basisOf, hasLapsed, proposalView, type ProposalRow } from "./proposal-rows";
import { lapseProposals } from "./lapse-proposals";
import { readEvidence } from "./read-contracts";
import { requireCertified } from "./require-certified";
import { tellChange } from "./tell-change";

type Wanted = { kind: ProposalKind; wanted: JsonObject; evidence: JsonObject };

/**
 * Proposes more autonomy, with the evidence of now kept beside it; another admin signs. Throws
 * `threshold_not_certified`, `flips_unopened`, `proposal_open`, `stale_version`, `not_found`, `validation_failed`.
 */
export async function proposeAutonomy(ctx: Context, input: ProposeAutonomy): Promise<ProposalView> {
  authorize(ctx, "contracts.write");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, input.contract);
    requireVersion("contract", input.version, contract.version);
    await requireNoneOpen(ctx, contract);
    const epoch = await readEpoch(ctx, contract);
    const wanted =
      input.kind === "threshold"
        ? await thresholdOf(ctx, { contract, epoch, input })
        : termsOf(ctx, { contract, epoch, input });
    const proposal = await put(ctx, contract, { ...wanted, reason: input.reason });
    await tellChange(ctx, contract, {
      event: "contract.proposed",
      did: "proposed",
      data: { proposal: proposal.id, kind: proposal.kind, wanted: wanted.wanted, epoch: epoch.id },
    });
    return proposalView(proposal, await personNames(ctx, [proposal.proposedBy]));
  });
}

async function requireNoneOpen(ctx: Context, contract: ContractRow): Promise<void> {
  const [open] = await ctx.db
    .select()
    .from(contractProposals)
    .where(and(eq(contractProposals.contractId, contract.id), eq(contractProposals.status, "open")));
  if (!open) return;
  if (hasLapsed(open, contract)) return lapseProposals(ctx, contract.id);
  throw new DomainError("conflict", "Something is proposed for this contract already.", {
    code: "proposal_open",
    extra: { proposal: open.id },
  });
}

type Asked = { contract: ContractRow; epoch: EpochRow; input: ProposeAutonomy };

async function thresholdOf(ctx: Context, { contract, epoch, input }: Asked): Promise<Wanted> {
  const { threshold } = input;
  const { now } = ctx;
  if (threshold === undefined) return wrong("/threshold", "Say which threshold", "Take a certified one.");
  if (contract.level === "shadow") {
    throw new DomainError("conflict", "The contract is in shadow: nobody has ruled on anything yet.");
  }
  const inForce = contract.level === "auto" ? contract.threshold : null;
  if (inForce !== null && threshold >= inForce) {
    const message = `${inForce} is in force, and ${threshold} would let no more run alone`;
    return wrong("/threshold", message, "Roll back, or step down: that takes one person.");
  }
  const { evidence, figures } = requireCertified(contract, epoch, { threshold, now });
  // Whoever replayed the past under it has looked at what it would have let act.
  const { appId, typeId, predicted } = contract;
  const draft = { kind: "threshold", appId, typeId, predicted, threshold, since: epoch.startedAt } as const;
  await requireFlipsOpened(ctx, draft, { missing: "pass" });
  return {
    kind: inForce === null ? "promote" : "expand",
    wanted: { threshold },
    evidence: { basis: basisOf(contract), figures, summary: evidence },
  };
}

function termsOf({ now }: Context, { contract, epoch, input }: Asked): Wanted {
  if (input.terms === undefined) return wrong("/terms", "Say which terms", "Send those that change.");
  const terms = askedTerms(contract.terms, input.terms, contract.amountTo);
  const { looser } = compareTerms(contract.terms, terms);
  if (looser.length === 0) {
    return wrong("/terms", "These are no looser than those in force", "Change them alone, with PATCH.");
  }
  return {
    kind: "terms",
    wanted: { terms },
    evidence: { basis: basisOf(contract), summary: readEvidence(contract, epoch, now) },
  };
}

function wrong(pointer: string, message: string, fix: string): never {
  throw new DomainError("invalid", `${message}.`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, fix }],
  });
}

async function put(
  ctx: Context,
  { id, epochId }: ContractRow,
  values: Wanted & { reason: string },
): Promise<ProposalRow> {
  const [row] = await ctx.db
    .insert(contractProposals)
    .values({
      ...values,
      id: newId("proposal"),
      orgId: ctx.orgId,
      contractId: id,
      epochId,
      proposedBy: actorName(ctx.actor),
    })
    .returning();
  if (!row) throw new Error("a proposal that was written was not returned");
  return row;
}
