import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { contracts } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { look } from "../look";
import { lockLiveContract, readEpoch, type ContractRow } from "./contract-rows";
import { measureSensitivity } from "./sensitivity-now";
import { readStanding } from "./read-standing";
import { recomputeEpoch } from "./recompute-epoch";
import { takeStep } from "./take-step";
import type { FoldOptions } from "./hold-fold";

/**
 * A timer, with an effect once a UTC day and contract: computes the evidence again from the log, and does what it comes
 * to (autonomy.md §1.8). `day` is today's date by the database when left out. Nothing that comes in waits for it. Answers
 * how many it looked at.
 */
export async function lookAtContracts(
  ctx: Context,
  input: { day?: string } & FoldOptions = {},
): Promise<number> {
  authorize(ctx, "system.run");
  const day = input.day ?? (await today(ctx));
  const due = await ctx.db
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(eq(contracts.orgId, ctx.orgId), isNull(contracts.archivedAt), notLookedOn(day)))
    .orderBy(asc(contracts.id));
  let looked = 0;
  const failures: unknown[] = [];
  for (const { id: contractId } of due) {
    try {
      await recomputeEpoch(ctx, contractId, input);
      if (await lookAtContract(ctx, { contractId, day })) looked += 1;
    } catch (error) {
      // One contract's trouble is not the others'.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return looked;
}

const notLookedOn = (day: string) => sql`${contracts.lookedOn} is distinct from ${day}`;

async function lookAtContract(
  ctx: Context,
  { contractId, day }: { contractId: string; day: string },
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const contract = await lockLiveContract(ctx, contractId);
    if (contract.lookedOn === day) return false;
    if (!(await takeSteps(ctx, contract, day))) return false;
    await ctx.db.update(contracts).set({ lookedOn: day }).where(eq(contracts.id, contractId));
    return true;
  });
}

async function takeSteps(ctx: Context, contract: ContractRow, day: string): Promise<boolean> {
  const sensitivity = await measureSensitivity(ctx, contract);
  const epoch = await readEpoch(ctx, contract);
  // A label has just changed: what is stored is not what the labels say. It is looked at once that is counted.
  if (epoch.stale !== null) return false;
  const standing = await readStanding(ctx, { contract, epoch, day, sensitivity });
  for (const step of look(standing)) await takeStep(ctx, contract.id, step);
  return true;
}

async function today(ctx: Context): Promise<string> {
  const [row] = await rowsOf<{ day: string }>(
    ctx.db,
    sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day`,
  );
  return row?.day ?? "";
}
