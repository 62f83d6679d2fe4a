import { eq, sql } from "drizzle-orm";
import { contractEpochs, contracts } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { auditRateOf } from "../audit-rate";
import { reaching, recentScores } from "./autos-per-day";
import { writeChange } from "./begin-epoch";
import { lockLiveContract, readEpoch, type ContractRow, type EpochRow } from "./contract-rows";
import { foldOf } from "./fold-of";
import { tellChange } from "./tell-change";

export type NewDeployment = {
  contractId: string;
  /** The period whose evidence certifies it; another one that is open by now throws `conflict`. */
  epochId: string;
  threshold: number;
  kind: "promoted" | "expanded";
  /** One sentence a person understands. */
  why: string;
  evidence?: JsonObject;
};

/**
 * Puts a certified threshold in force, in the caller's transaction: what reaches it runs alone from the next decision on,
 * at the ramp's first step (a promotion) or as far as the ramp had come (an expansion). That it is certified, and signed,
 * is the caller's to know; the database asks for the signatures again. Throws `not_found`, `expanded_today` and `conflict`.
 */
export async function deployThreshold(ctx: Context, input: NewDeployment): Promise<void> {
  authorize(ctx, "contracts.sign");
  const contract = await lockLiveContract(ctx, input.contractId);
  if (contract.epochId !== input.epochId) {
    throw new DomainError("conflict", "Its certification period has ended; the evidence is gone with it");
  }
  const { threshold, kind, why, evidence } = input;
  if (kind === "expanded") await requireNewDay(ctx, contract);
  const epoch = await readEpoch(ctx, contract);
  const auditRate = await firstRate(ctx, contract, { epoch, threshold });
  const rampShare = contract.level === "auto" ? contract.rampShare : (contract.terms.ramp[0] ?? 1);
  await putDeployment(ctx, epoch, { threshold, auditRate });
  const after = { level: "auto", threshold, auditRate, rampShare } as const;
  await ctx.db
    .update(contracts)
    .set({
      ...after,
      version: contract.version + 1,
      deployedAt: sql`coalesce(deployed_at, now())`,
      widenedAt: sql`now()`,
      rampedAt: contract.level === "auto" ? contract.rampedAt : sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(eq(contracts.id, contract.id));
  await writeChange(ctx, { contract, after, kind, why, evidence });
  const data = { epoch: epoch.id, threshold, audit_rate: auditRate, ramp_share: rampShare, ...evidence };
  await tellChange(ctx, contract, { event: "contract.promoted", did: kind, data, why });
}

/** Throws `expanded_today` where a threshold let more run alone today already (autonomy.md §1.8); the database refuses it too. */
async function requireNewDay(ctx: Context, contract: Pick<ContractRow, "id">): Promise<void> {
  if (!(await hasWidenedToday(ctx, contract))) return;
  const message = "More was let run alone today already; that happens once a day (UTC) at most.";
  throw new DomainError("conflict", message, { code: "expanded_today" });
}

/** Whether a threshold of this contract let more run alone since midnight UTC, by the database's clock. */
export async function hasWidenedToday(ctx: Context, { id }: Pick<ContractRow, "id">): Promise<boolean> {
  const [row] = await ctx.db
    .select({
      today: sql<boolean>`(widened_at at time zone 'UTC')::date >= (now() at time zone 'UTC')::date`,
    })
    .from(contracts)
    .where(eq(contracts.id, id));
  return row?.today === true;
}

/** Notes that a threshold, or an audit rate, is in force from the next decision on. */
export async function putDeployment(
  ctx: Context,
  epoch: EpochRow,
  { threshold, auditRate }: { threshold: number; auditRate: number },
): Promise<void> {
  const next = newId("decision");
  // Never before what is folded already, whatever this machine's clock says.
  const after = epoch.cursor !== null && epoch.cursor > next ? epoch.cursor : next;
  const fact = JSON.stringify({ after, threshold, auditRate });
  await ctx.db
    .update(contractEpochs)
    .set({
      deployments: sql`deployments || jsonb_build_array(${fact}::jsonb || jsonb_build_object('day', to_char(now() at time zone 'UTC', 'YYYY-MM-DD')))`,
    })
    .where(eq(contractEpochs.id, epoch.id));
}

async function firstRate(
  ctx: Context,
  { terms }: ContractRow,
  { epoch, threshold }: { epoch: EpochRow; threshold: number },
): Promise<number> {
  const recent = await recentScores(ctx, epoch.id);
  const audited = foldOf({ terms }, epoch)?.fold.audited ?? 0;
  return auditRateOf(terms, { audited, autosPerDay: reaching(recent, threshold), drifted: false });
}
