import { and, eq, isNull, sql } from "drizzle-orm";
import { contractChanges, contractEpochs, contracts } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { gridOf } from "../grid";
import { leastSensitivity } from "../look";
import type { ChangeKind, EpochCause, SegmentLevel, Terms } from "../schema";
import { lockLiveContract } from "./contract-rows";
import { earlierScores, epochScores } from "./epoch-scores";
import { lapseProposals } from "./lapse-proposals";
import { sensitivityOf } from "./sensitivity-now";
import { readPins } from "./read-pins";

export type NewEpoch = {
  contractId: string;
  cause: EpochCause;
  /** One sentence a person understands. */
  why: string;
  /** The terms that hold from here on; left out: those in force. */
  terms?: Terms;
  /** How the history names it; `epoch` when left out. */
  kind?: ChangeKind;
  /** The figures it rests on. */
  evidence?: JsonObject;
};

export type EpochBegun = {
  epochId: string;
  number: number;
  /** The contract's, after. */
  version: number;
  level: SegmentLevel;
  /** As it was before. */
  contract: Contract;
  before: { epochId: string; level: SegmentLevel; threshold: number | null };
};

type Contract = typeof contracts.$inferSelect;
type Epoch = typeof contractEpochs.$inferSelect;

/**
 * Ends a contract's certification period and begins another, in the caller's transaction: people rule on everything
 * (a contract in shadow stays there), all evidence starts from nothing, and the thresholds to test are taken from the old
 * period's unlabelled scores. Writes the contract's history; the event, the journal and who is told are the caller's.
 * Throws `not_found`, and `conflict` for an archived contract.
 */
export async function beginEpoch(ctx: Context, input: NewEpoch): Promise<EpochBegun> {
  authorize(ctx, "contracts.step_down");
  const contract = await lockLiveContract(ctx, input.contractId);
  const [old] = await ctx.db
    .update(contractEpochs)
    .set({ endedAt: sql`now()` })
    .where(and(eq(contractEpochs.contractId, contract.id), isNull(contractEpochs.endedAt)))
    .returning();
  const number = (old?.number ?? 0) + 1;
  const terms = input.terms ?? contract.terms;
  const { cause, why } = input;
  const grid = await nextGrid(ctx, old);
  const epochId = await insertEpoch(ctx, { contract: { ...contract, terms }, number, cause, why, grid });
  const level = contract.level === "shadow" ? "shadow" : "review_all";
  const after = {
    epochId,
    level,
    threshold: null,
    auditRate: 1,
    rampShare: 1,
    terms,
    version: contract.version + 1,
  } as const;
  await ctx.db
    .update(contracts)
    .set({ ...after, deployedAt: null, rampedAt: null, lookedOn: null, updatedAt: sql`now()` })
    .where(eq(contracts.id, contract.id));
  await lapseProposals(ctx, contract.id);
  await writeChange(ctx, { contract, after, ...input, kind: input.kind ?? "epoch" });
  const before = { epochId: contract.epochId, level: contract.level, threshold: contract.threshold };
  return { epochId, number, version: after.version, level, contract, before };
}

type FreshEpoch = {
  contract: Pick<Contract, "id" | "typeId" | "terms" | "level">;
  /** Made before the contract's row, which names it. */
  epochId?: string;
  number: number;
  cause: EpochCause;
  why: string;
  /** Null: from the segment's decisions of before, if there were enough; a shadow waits for its own. */
  grid: number[] | null;
};

/** Writes the row of a certification period, pinned to what the segment's decisions come from now. Answers its id. */
export async function insertEpoch(ctx: Context, epoch: FreshEpoch): Promise<string> {
  const { contract, epochId = newId("epoch"), number, cause, why } = epoch;
  const earlier = contract.level === "shadow" ? [] : await earlierScores(ctx, contract.id);
  const grid = epoch.grid ?? gridOf(earlier);
  // Whoever begins a period need not be allowed to read reviewers' figures.
  const measured = await sensitivityOf({ ...ctx, actor: { kind: "system", id: "autonomy" } }, contract);
  await ctx.db.insert(contractEpochs).values({
    id: epochId,
    orgId: ctx.orgId,
    contractId: contract.id,
    number,
    cause,
    why,
    pins: await readPins(ctx, contract.id),
    grid,
    gridFrozenAt: grid ? sql`now()` : null,
    sensitivity: measured !== null && measured >= leastSensitivity ? measured : null,
  });
  return epochId;
}

async function nextGrid(ctx: Context, old: Epoch | undefined): Promise<number[] | null> {
  if (!old) return null;
  return gridOf(await epochScores(ctx, old.id)) ?? old.grid;
}

type Standing = Pick<Contract, "epochId" | "level" | "threshold" | "auditRate" | "rampShare" | "terms">;
export type Change = {
  contract: Contract;
  after: Partial<Standing>;
  kind: ChangeKind;
  why: string;
  evidence?: JsonObject;
};

/** One line of a contract's history: what was in force, and what is. */
export async function writeChange(
  ctx: Context,
  { contract, after, kind, why, evidence }: Change,
): Promise<void> {
  const now = { ...contract, ...after };
  await ctx.db.insert(contractChanges).values({
    id: newId("contractChange"),
    orgId: ctx.orgId,
    contractId: contract.id,
    epochId: now.epochId,
    kind,
    before: standing(contract),
    after: standing(now),
    why,
    evidence: evidence ?? null,
    actor: actorName(ctx.actor),
  });
}

function standing({ epochId, level, threshold, auditRate, rampShare, terms }: Standing): JsonObject {
  return { epoch: epochId, level, threshold, audit_rate: auditRate, ramp_share: rampShare, terms };
}
