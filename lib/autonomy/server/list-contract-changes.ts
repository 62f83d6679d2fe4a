import { and, eq } from "drizzle-orm";
import { contractChanges, contractEpochs, contractProposals } from "@/db/schema";
import { pageRows, type PageQuery } from "@/lib/apps/server/page-rows";
import type { JsonObject } from "@/lib/kernel/json";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ContractRef } from "../contracts";
import type { Terms } from "../schema";
import { wireOf } from "../terms";
import type { ChangeView, EpochView, ProposalView } from "../views";
import { findContract } from "./contract-rows";
import { personNames } from "./person-names";
import { proposalView } from "./proposal-rows";
import { epochView } from "./read-contracts";

type Asked = ContractRef & PageQuery;

/** Everything that happened to a contract, newest first. Throws `not_found`. */
export async function listContractChanges(ctx: Context, asked: Asked): Promise<List<ChangeView>> {
  authorize(ctx, "contracts.read");
  const { id } = await findContract(ctx, asked.contract);
  const page = await pageRows(urlOf(id, "changes"), asked, contractChanges.id, ({ where, order, limit }) =>
    ctx.db
      .select({
        id: contractChanges.id,
        kind: contractChanges.kind,
        before: contractChanges.before,
        after: contractChanges.after,
        why: contractChanges.why,
        evidence: contractChanges.evidence,
        actor: contractChanges.actor,
        createdAt: contractChanges.createdAt,
        epochId: contractChanges.epochId,
        number: contractEpochs.number,
      })
      .from(contractChanges)
      .innerJoin(contractEpochs, eq(contractEpochs.id, contractChanges.epochId))
      .where(and(eq(contractChanges.contractId, id), where))
      .orderBy(order)
      .limit(limit),
  );
  const names = await personNames(
    ctx,
    page.data.map(({ actor }) => actor),
  );
  const data = page.data.map(({ before, after, actor, createdAt, epochId, number, ...row }) => ({
    ...row,
    object: "contract_change" as const,
    epoch: { id: epochId, number },
    before: settingOnWire(before),
    after: settingOnWire(after),
    actor: names(actor).name,
    created_at: createdAt.toISOString(),
  }));
  return { ...page, data };
}

function settingOnWire(setting: JsonObject | null): JsonObject | null {
  if (setting === null || !("terms" in setting)) return setting;
  // Written by writeChange, from a contract's terms.
  return { ...setting, terms: wireOf(setting["terms"] as Terms) };
}

/** A contract's certification periods, newest first. Throws `not_found`. */
export async function listContractEpochs(ctx: Context, asked: Asked): Promise<List<EpochView>> {
  authorize(ctx, "contracts.read");
  const contract = await findContract(ctx, asked.contract);
  const page = await pageRows(urlOf(contract.id, "epochs"), asked, contractEpochs.id, (part) =>
    ctx.db
      .select()
      .from(contractEpochs)
      .where(and(eq(contractEpochs.contractId, contract.id), part.where))
      .orderBy(part.order)
      .limit(part.limit),
  );
  return { ...page, data: page.data.map((epoch) => epochView(contract, epoch)) };
}

/** What was ever proposed for a contract, newest first. Throws `not_found`. */
export async function listProposals(ctx: Context, asked: Asked): Promise<List<ProposalView>> {
  authorize(ctx, "contracts.read");
  const { id } = await findContract(ctx, asked.contract);
  const page = await pageRows(urlOf(id, "proposals"), asked, contractProposals.id, (part) =>
    ctx.db
      .select()
      .from(contractProposals)
      .where(and(eq(contractProposals.contractId, id), part.where))
      .orderBy(part.order)
      .limit(part.limit),
  );
  const names = await personNames(
    ctx,
    page.data.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]),
  );
  return { ...page, data: page.data.map((row) => proposalView(row, names)) };
}

function urlOf(contract: string, part: string): string {
  return `/api/v1/contracts/${contract}/${part}`;
}
