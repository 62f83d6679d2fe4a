import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { apps, contractEpochs, contractProposals, contracts, decisionTypes } from "@/db/schema";
import { missing } from "@/lib/apps/server/find";
import type { Context } from "@/lib/server/context";
import { evidenceOf, nextStep, noEvidence } from "../evidence";
import { wireOf } from "../terms";
import type { ContractView, EpochView, EvidenceView } from "../views";
import { promiseText } from "../words";
import type { ContractRow, EpochRow } from "./contract-rows";
import { foldOf } from "./fold-of";
import { personNames, type Names } from "./person-names";
import { proposalView, type ProposalRow } from "./proposal-rows";

type Named = { id: string; key: string; name: string };
type Row = { contract: ContractRow; epoch: EpochRow; app: Named; type: Named & { currency: string } };

export type Page = { where?: SQL; order?: SQL; limit: number };

/** Contracts with what their evidence says, by segment unless told otherwise; the caller has authorised. */
export async function readContracts(ctx: Context, { where, order, limit }: Page): Promise<ContractView[]> {
  const rows: Row[] = await ctx.db
    .select({
      contract: contracts,
      epoch: contractEpochs,
      app: { id: apps.id, key: apps.key, name: apps.name },
      type: {
        id: decisionTypes.id,
        key: decisionTypes.key,
        name: decisionTypes.name,
        currency: decisionTypes.currency,
      },
    })
    .from(contracts)
    .innerJoin(contractEpochs, eq(contractEpochs.id, contracts.epochId))
    .innerJoin(apps, eq(apps.id, contracts.appId))
    .innerJoin(decisionTypes, eq(decisionTypes.id, contracts.typeId))
    .where(and(eq(contracts.orgId, ctx.orgId), where))
    .orderBy(...(order ? [order] : bySegment))
    .limit(limit);
  const proposals = await openProposals(
    ctx,
    rows.map(({ contract }) => contract.id),
  );
  const names = await personNames(
    ctx,
    proposals.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]),
  );
  const byContract = new Map(proposals.map((proposal) => [proposal.contractId, proposal]));
  return rows.map((row) =>
    contractView(row, { proposal: byContract.get(row.contract.id), names, now: ctx.now }),
  );
}

const bySegment = [
  asc(decisionTypes.name),
  desc(contracts.predicted),
  sql`${contracts.amountFrom} nulls first`,
  asc(contracts.id),
];

/** One contract. Throws `not_found`. */
export async function readContract(ctx: Context, id: string): Promise<ContractView> {
  const [contract] = await readContracts(ctx, { where: eq(contracts.id, id), limit: 1 });
  return contract ?? missing("contract", id);
}

async function openProposals(ctx: Context, ids: string[]): Promise<ProposalRow[]> {
  if (ids.length === 0) return [];
  return ctx.db
    .select()
    .from(contractProposals)
    .where(and(inArray(contractProposals.contractId, ids), eq(contractProposals.status, "open")));
}

type More = { proposal: ProposalRow | undefined; names: Names; now: Date };

function contractView({ contract, epoch, app, type }: Row, { proposal, names, now }: More): ContractView {
  const { terms, level, threshold, auditRate, rampShare } = contract;
  const { currency, ...named } = type;
  const evidence = readEvidence(contract, epoch, now);
  return {
    id: contract.id,
    object: "contract",
    app,
    type: named,
    predicted: contract.predicted,
    amount_from: contract.amountFrom,
    amount_to: contract.amountTo,
    currency,
    promise: promiseText(terms, currency),
    terms: wireOf(terms),
    level,
    threshold,
    audit_rate: auditRate,
    ramp_share: rampShare,
    epoch: epochView(contract, epoch),
    evidence,
    next_step:
      contract.archivedAt === null
        ? nextStep(evidence, {
            level,
            threshold,
            rampShare,
            auditRate,
            expands: terms.expands,
            hasProposal: proposal !== undefined,
            wantsGold: terms.goldCorrection && epoch.sensitivity === null,
          })
        : "Archived: it governs nothing.",
    proposal: proposal ? proposalView(proposal, names) : null,
    version: contract.version,
    deployed_at: contract.deployedAt?.toISOString() ?? null,
    created_at: contract.createdAt.toISOString(),
    updated_at: contract.updatedAt.toISOString(),
    archived_at: contract.archivedAt?.toISOString() ?? null,
  };
}

/** What the evidence of a contract's certification period says. */
export function readEvidence(contract: ContractRow, epoch: EpochRow, now: Date): EvidenceView {
  const evidence = foldOf(contract, epoch);
  if (!evidence) return noEvidence(contract.terms);
  return evidenceOf(evidence.fold, evidence.terms, {
    inForce: contract.level === "auto" ? contract.threshold : null,
    month: now.toISOString().slice(0, 7),
    foldedAt: epoch.foldedAt?.toISOString() ?? null,
  });
}

/** A certification period as it is shown. */
export function epochView(contract: Pick<ContractRow, "terms">, epoch: EpochRow): EpochView {
  const { records = 0, audited = 0 } = foldOf(contract, epoch)?.fold ?? {};
  return {
    id: epoch.id,
    object: "contract_epoch",
    number: epoch.number,
    cause: epoch.cause,
    why: epoch.why,
    pins: epoch.pins,
    sensitivity: epoch.sensitivity,
    labelled: records,
    audited,
    started_at: epoch.startedAt.toISOString(),
    ended_at: epoch.endedAt?.toISOString() ?? null,
  };
}
