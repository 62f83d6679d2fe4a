import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import {
  calibratedBy,
  calibratedOf,
  calibrationBins,
  type Calibrated,
  type ClaimBin,
  type GivenMap,
} from "../calibrated";

/** The newest labelled decisions that count: enough to calibrate by, few enough to sum while somebody waits. */
const mostLabels = 5000;
/** Models change: what was claimed longer ago says little of one that claims today. */
const oldestDays = 180;
const keptMs = 300_000;
const mostKept = 500;

type Kept = { at: number; bins: Promise<ClaimBin[]> };
const kept = new Map<string, Kept>();

type Claim = { app_id: string; type_id: string; confidence: number | null; given: GivenMap | null };

/**
 * What a claim of this confidence has been worth: by the map the decision came in with, else from the labels of this app
 * and type; sums are kept for five minutes in each process.
 */
export async function calibratedClaim(ctx: Context, claim: Claim): Promise<Calibrated | null> {
  if (claim.confidence === null) return null;
  const bins = await binsOf(ctx, claim);
  return claim.given
    ? calibratedBy(claim.given, bins, claim.confidence)
    : calibratedOf(bins, claim.confidence);
}

function binsOf(ctx: Context, { app_id, type_id }: Claim): Promise<ClaimBin[]> {
  const key = `${ctx.orgId} ${app_id} ${type_id}`;
  const found = kept.get(key);
  if (found && performance.now() - found.at < keptMs) return found.bins;
  if (kept.size >= mostKept) kept.clear();
  const bins = sumBins(ctx, app_id, type_id);
  kept.set(key, { at: performance.now(), bins });
  // A failure is not kept.
  bins.catch(() => kept.delete(key));
  return bins;
}

function sumBins(ctx: Context, appId: string, typeId: string): Promise<ClaimBin[]> {
  const k = sql`${calibrationBins}::float8`;
  return rowsOf<ClaimBin>(
    ctx.db,
    // Right-closed bins; p * k may round across an edge, and an edge belongs to the bin on its left.
    sql`select greatest(0, least(${calibrationBins - 1}::int, case
          when p > (guess + 1) / ${k} then guess + 1 when p <= guess / ${k} then guess - 1 else guess end))::int as bin,
        count(*)::int as count, sum(w) as weight, sum(w * w) as "squaredWeight", sum(w * p) as stated, sum(w * y) as right
      from (select d.confidence as p, ceil(d.confidence * ${k}) - 1 as guess, 1 / d.truth_pi as w,
          case when d.truth = d.predicted then 1 else 0 end as y
        from decisions d
        where d.org_id = ${ctx.orgId} and d.app_id = ${appId} and d.type_id = ${typeId} and d.truth is not null
          and d.confidence is not null and d.created_at > now() - make_interval(days => ${oldestDays})
        order by d.created_at desc limit ${mostLabels}) labelled
      group by 1 order by 1`,
  );
}

/** Forgets what is kept: for tests, where five minutes are long. */
export function forgetCalibration(): void {
  kept.clear();
}
