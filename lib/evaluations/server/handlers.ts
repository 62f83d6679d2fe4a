import type { Context } from "@/lib/server/context";
import { authorize } from "@/lib/server/authorize";
import type { MetricQuery, TileQuery } from "../board-schema";
import type { MetricName } from "../metrics-catalogue";
import type { MetricFilter } from "../schema";
import type { TileId } from "../tile-catalogue";
import { calibration } from "./calibration";
import { confusion } from "./confusion";
import { getMetric, minuteOf } from "./get-metric";
import { getTile } from "./get-tile";
import { kept } from "./kept";
import { overview } from "./overview";
import { volume } from "./volume";

// A figure's verb takes its filter; an endpoint hands it the query.
function fromQuery<I extends MetricFilter, O>(verb: (ctx: Context, filter: I) => Promise<O>) {
  return (ctx: Context, { query }: { query: I }) => {
    authorize(ctx, "evaluations.read");
    return kept(ctx, [verb.name, query, minuteOf(query.to, ctx)], () => verb(ctx, query));
  };
}

export const answerOverview = fromQuery(overview);
export const answerConfusion = fromQuery(confusion);
export const answerCalibration = fromQuery(calibration);
export const answerVolume = fromQuery(volume);

export function answerMetric(
  ctx: Context,
  { params, query }: { params: { metric: MetricName }; query: MetricQuery },
) {
  authorize(ctx, "evaluations.read");
  return getMetric(ctx, { ...query, ...params });
}

export function answerTile(ctx: Context, { params, query }: { params: { tile: TileId }; query: TileQuery }) {
  authorize(ctx, "evaluations.read");
  return getTile(ctx, { ...query, ...params });
}
