import { and, eq, isNull, sql } from "drizzle-orm";
import { contractEpochs, contracts, decisionTypes } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { hotQuery } from "@/lib/server/rows";
import { newFold, type Fold, type FoldTerms } from "../fold";
import { foldFromJson, foldToJson } from "../fold-json";
import type { Costs } from "../loss";
import { lockLiveContract, type ContractRow, type EpochRow } from "./contract-rows";
import type { Source } from "./read-evidence";

/** Seconds for which a decision may be on its way: its id is made before its commit. */
const settleSeconds = 2;

export type FoldOptions = { settleSeconds?: number };
export type Held = { contract: ContractRow; epoch: EpochRow; costs: Costs };

/**
 * The open certification period of a contract, held until the transaction ends against whoever else would fold it;
 * labels and decisions go on meanwhile. Null: archived, or somebody is at it.
 */
export async function holdFold(ctx: Context, contractId: string): Promise<Held | null> {
  const query = ctx.db
    .select({
      // Asked for in the statement that reads: what the one before it has stored since, keepFold sees.
      isHeld: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${`fold:${contractId}`}, 0))`,
      contract: contracts,
      epoch: contractEpochs,
      costs: { costWrongYes: decisionTypes.costWrongYes, costWrongNo: decisionTypes.costWrongNo },
    })
    .from(contracts)
    .innerJoin(contractEpochs, eq(contractEpochs.id, contracts.epochId))
    .innerJoin(decisionTypes, eq(decisionTypes.id, contracts.typeId))
    .where(and(eq(contracts.id, contractId), eq(contracts.orgId, ctx.orgId), isNull(contracts.archivedAt)));
  const [held] = await hotQuery(query);
  return held?.isHeld ? held : null;
}

export function sourceOf({ contract, epoch, costs }: Held, options: FoldOptions): Source {
  return {
    epochId: epoch.id,
    terms: contract.terms,
    costs,
    deployments: epoch.deployments,
    settleSeconds: options.settleSeconds ?? settleSeconds,
  };
}

/** Where the fold stands: the state that is stored, with what was deployed since, and the last decision in it. */
export function standingFold(epoch: EpochRow, terms: FoldTerms): { state: Fold; cursor: string } {
  const cursor = epoch.cursor ?? epoch.evidenceAfter ?? "";
  if (epoch.state === null) return { state: newFold(terms, epoch.deployments), cursor };
  return { state: { ...foldFromJson(epoch.state), deployments: [...epoch.deployments] }, cursor };
}

/**
 * Stores a fold in place of the one it was made from. False, and nothing is changed, when the period has ended or a label
 * has changed meanwhile. One that has sounded an alarm holds the contract first, as everybody does who ends a period.
 */
export async function keepFold(
  ctx: Context,
  held: Held,
  { state, cursor }: { state: Fold; cursor: string },
): Promise<boolean> {
  const { contract, epoch } = held;
  if (state.alarm !== null) {
    const now = await lockLiveContract(ctx, contract.id);
    if (now.epochId !== epoch.id) return false;
  }
  const update = ctx.db
    .update(contractEpochs)
    .set({
      state: foldToJson(state),
      cursor: cursor === "" ? null : cursor,
      stale: null,
      foldedAt: sql`now()`,
    })
    .where(
      and(
        eq(contractEpochs.id, epoch.id),
        isNull(contractEpochs.endedAt),
        sql`stale is not distinct from ${epoch.stale} and cursor is not distinct from ${epoch.cursor}`,
      ),
    )
    .returning({ id: contractEpochs.id });
  const kept = await hotQuery(update);
  return kept.length > 0;
}
