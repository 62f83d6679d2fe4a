import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { kolmogorovSmirnov } from "@/lib/stats/kolmogorov-smirnov";
import { populationStability } from "@/lib/stats/population-stability";
import type { Drift, Standing } from "../look";
import { reaching, recentScores, type Recent } from "./autos-per-day";
import type { ContractRow, EpochRow } from "./contract-rows";
import { epochScores } from "./epoch-scores";
import { foldOf } from "./fold-of";
import { isDriftConfirmed } from "./is-drift-confirmed";

type Asked = { contract: ContractRow; epoch: EpochRow; day: string; sensitivity: number | null };

/** Everything the night's look at a contract goes by. */
export async function readStanding(
  ctx: Context,
  { contract, epoch, day, sensitivity }: Asked,
): Promise<Standing> {
  const { terms, level, threshold, auditRate, rampShare } = contract;
  const recent = await recentScores(ctx, epoch.id);
  const deployed = level === "auto";
  return {
    day,
    terms,
    level,
    threshold,
    auditRate,
    rampShare,
    rampedOn: contract.rampedAt?.toISOString().slice(0, 10) ?? null,
    widenedOn: contract.widenedAt?.toISOString().slice(0, 10) ?? null,
    isRolledBack: deployed && (await isRolledBack(ctx, epoch)),
    grid: epoch.grid,
    scores: epoch.grid === null ? await epochScores(ctx, epoch.id) : [],
    evidence: foldOf(contract, epoch),
    autosPerDay: (at) => reaching(recent, at) * (deployed ? rampShare : 1),
    sensitivity,
    drift: deployed ? await readDrift(ctx, epoch, recent) : null,
    isShifted: deployed && (await isDriftConfirmed(ctx, contract)),
  };
}

async function isRolledBack(ctx: Context, { id, contractId }: EpochRow): Promise<boolean> {
  const found = await rowsOf(
    ctx.db,
    sql`select 1 from contract_changes where contract_id = ${contractId} and epoch_id = ${id}
      and kind = 'rolled_back' and actor like 'user:%' limit 1`,
  );
  return found.length > 0;
}

const leastScores = 100;
const mostScores = 2000;

/** Confidences of the last days against those of when people ruled on everything. */
async function readDrift(ctx: Context, epoch: EpochRow, { scores }: Recent): Promise<Drift | null> {
  const first = epoch.deployments[0];
  if (!first || epoch.grid === null) return null;
  const [row] = await rowsOf<{ scores: number[] | null }>(
    ctx.db,
    sql`select json_agg(confidence) as scores from (select confidence from decisions
      where epoch_id = ${epoch.id} and id <= ${first.after} order by id desc limit ${mostScores}) d`,
  );
  const before = row?.scores ?? [];
  const now = scores.slice(0, mostScores);
  if (before.length < leastScores || now.length < leastScores) return null;
  const bins = (of: readonly number[]) => countBins(of, epoch.grid ?? []);
  return { psi: populationStability(bins(before), bins(now)), ksP: kolmogorovSmirnov(before, now).p };
}

function countBins(scores: readonly number[], grid: readonly number[]): number[] {
  const counts = Array.from({ length: grid.length + 1 }, () => 0);
  for (const score of scores) {
    const bin = grid.filter((threshold) => score >= threshold).length;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
