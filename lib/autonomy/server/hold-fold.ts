import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { contractEpochs, contracts, decisionTypes } from "@/db/schema";
import type { Database } from "@/db/client";
import type { Context } from "@/lib/server/context";
import { pinsOf } from "@/lib/routing/pins";
import { hotQuery } from "@/lib/server/rows";
import { newFold, type Fold, type FoldTerms } from "../fold";
import { foldFromJson, foldToJson } from "../fold-json";
import type { Costs } from "../loss";
import { lockLiveContract, type ContractRow, type EpochRow } from "./contract-rows";
import { newestRows } from "./fold-newest";
import type { Row, Source } from "./read-evidence";

/** Seconds for which a decision may be on its way: its id is made before its commit. */
const settleSeconds = 2;

export type FoldOptions = { settleSeconds?: number };
export type Held = { contract: ContractRow; epoch: EpochRow; costs: Costs };

/**
 * The open certification period of a contract, held until the transaction ends against whoever else would fold it;
 * labels and decisions go on meanwhile. Null: archived, or somebody is at it.
 */
export async function holdFold(ctx: Context, contractId: string): Promise<Held | null> {
  const [held] = await lockedPeriod(ctx.db, { contractId, orgId: ctx.orgId });
  return held?.isHeld ? held : null;
}

/** The same with the newest decisions, held against nobody: whoever folds meanwhile is noticed by {@link keepFold}. */
export async function readHeld(
  ctx: Context,
  contractId: string,
  options: FoldOptions,
): Promise<(Held & { newest: Row[] }) | null> {
  const [held] = await openPeriod(ctx.db, {
    contractId,
    orgId: ctx.orgId,
    settleSeconds: options.settleSeconds ?? settleSeconds,
  });
  return held ?? null;
}

// Asked for in the statement that reads: what the one before it has stored since, keepFold sees.
const lockedPeriod = hotQuery((db) =>
  periodQuery(db, {
    isHeld: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended('fold:' || ${sql.placeholder("contractId")}::text, 0))`,
  }),
);
const openPeriod = hotQuery((db) =>
  periodQuery(db, { newest: newestRows(sql`${sql.placeholder("settleSeconds")}::float8`) }),
);

function periodQuery<Also extends Record<string, SQL>>(db: Database, also: Also) {
  return db
    .select({
      ...also,
      contract: contracts,
      epoch: contractEpochs,
      costs: { costWrongYes: decisionTypes.costWrongYes, costWrongNo: decisionTypes.costWrongNo },
    })
    .from(contracts)
    .innerJoin(contractEpochs, eq(contractEpochs.id, contracts.epochId))
    .innerJoin(decisionTypes, eq(decisionTypes.id, contracts.typeId))
    .where(
      and(
        eq(contracts.id, sql.placeholder("contractId")),
        eq(contracts.orgId, sql.placeholder("orgId")),
        isNull(contracts.archivedAt),
      ),
    );
}

export function sourceOf({ contract, epoch, costs }: Held, options: FoldOptions): Source {
  // As they were when the period began: another cost is another promise, and begins another.
  const { costs: pinned } = pinsOf(epoch.pins);
  return {
    orgId: epoch.orgId,
    epochId: epoch.id,
    terms: contract.terms,
    costs: pinned ? { costWrongYes: pinned.yes, costWrongNo: pinned.no } : costs,
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
 * has changed meanwhile. One that ends a period, or changes what is in force, holds the contract first, as everybody does.
 */
export async function keepFold(
  ctx: Context,
  held: Held,
  {
    state,
    cursor,
    commit = "now",
  }: { state: Fold; cursor: string; commit?: "now" | "lazily" | "with_contract" },
): Promise<boolean> {
  const { contract, epoch } = held;
  if (state.alarm !== null || commit === "with_contract") {
    const now = await lockLiveContract(ctx, contract.id);
    if (now.epochId !== epoch.id) return false;
  }
  const store = commit === "lazily" ? storeLazily : storeFold;
  const kept = await store(ctx.db, {
    epoch: epoch.id,
    state: JSON.stringify(foldToJson(state)),
    cursor: cursor === "" ? null : cursor,
    staleBefore: epoch.stale,
    cursorBefore: epoch.cursor,
  });
  return kept.length > 0;
}

const storeFold = hotQuery((db) => storing(db));
// Alone in its transaction it need not wait for the disk: what is lost is counted again from the log.
const storeLazily = hotQuery((db) =>
  storing(db, sql`set_config('synchronous_commit', 'off', true) is not null`),
);

function storing(db: Database, also?: SQL) {
  return db
    .update(contractEpochs)
    .set({
      state: sql`${sql.placeholder("state")}::jsonb`,
      cursor: sql`${sql.placeholder("cursor")}::text`,
      stale: null,
      foldedAt: sql`now()`,
    })
    .where(
      and(
        eq(contractEpochs.id, sql.placeholder("epoch")),
        isNull(contractEpochs.endedAt),
        sql`stale is not distinct from ${sql.placeholder("staleBefore")}::text
          and cursor is not distinct from ${sql.placeholder("cursorBefore")}::text`,
        also,
      ),
    )
    .returning({ id: contractEpochs.id });
}
