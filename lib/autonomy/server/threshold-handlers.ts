import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { FlipQuery, ThresholdQuery } from "../threshold-endpoints";
import { getThresholdData } from "./get-threshold-data";
import { listFlips } from "./list-flips";

/** GET …/thresholds. */
export function answerThresholds(
  ctx: Context,
  { params, query }: { params: { app: string }; query: ThresholdQuery },
) {
  authorize(ctx, "contracts.read");
  return getThresholdData(ctx, { ...query, ...params });
}

/** GET …/thresholds/flips. */
export function answerFlips(ctx: Context, { params, query }: { params: { app: string }; query: FlipQuery }) {
  authorize(ctx, "contracts.read");
  return listFlips(ctx, { ...query, ...params });
}
