"use client";

import { CalibrationTile, VolumeTile } from "./chart-tiles";
import { ConfusionTile } from "./confusion-tile";
import { type EvaluationFacets, FilterBar, useShown } from "./filter-bar";
import { OverviewTiles } from "./overview-tiles";

/** The dashboards: one filter for all, each tile with its own states. */
export function EvaluationBoard({ facets }: { facets: EvaluationFacets }) {
  const [shown] = useShown();
  return (
    <>
      <FilterBar facets={facets} />
      <OverviewTiles shown={shown} />
      <div className="grid items-stretch gap-3 xl:grid-cols-2">
        <VolumeTile shown={shown} />
        <CalibrationTile shown={shown} />
        <ConfusionTile shown={shown} />
      </div>
    </>
  );
}
