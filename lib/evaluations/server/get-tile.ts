import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Tile, TileBody, TileQuery } from "../board-schema";
import { tileCatalogue, type TileId } from "../tile-catalogue";
import { minuteOf } from "./get-metric";
import { kept } from "./kept";
import { markersOf } from "./markers";
import { auditorAgreement, reviewerAgreement } from "./tiles/agreement";
import { calibrationByPart, confidenceMix, reliability } from "./tiles/calibration";
import { compareVersions } from "./tiles/compare";
import { disparity } from "./tiles/disparity";
import { driftJs, driftPsi, driftStates, proposalMix, routeMix } from "./tiles/drift";
import { baselines, errorCauses, errorCost, worstGroups } from "./tiles/errors";
import { deliveries } from "./tiles/deliveries";
import { modelUse } from "./tiles/models";
import { queueAges, sla, throughput } from "./tiles/operations";
import { costPerDecision, errorBudget } from "./tiles/overview";
import { policyRules } from "./tiles/policies";
import { reviewerLoad } from "./tiles/reviewer-load";
import { edits, funnel } from "./tiles/reviewers";
import { windowOf, type Window } from "./window";

const readers: Record<TileId, (w: Window, query: TileQuery) => Promise<TileBody>> = {
  error_budget: errorBudget,
  cost_per_decision: costPerDecision,
  reliability,
  calibration_by_part: calibrationByPart,
  confidence_mix: confidenceMix,
  error_cost: errorCost,
  error_causes: errorCauses,
  worst_groups: worstGroups,
  policy_rules: policyRules,
  baselines,
  disparity,
  drift_psi: driftPsi,
  drift_js: driftJs,
  drift_states: driftStates,
  route_mix: routeMix,
  proposal_mix: proposalMix,
  funnel,
  edits,
  reviewer_agreement: reviewerAgreement,
  auditor_agreement: auditorAgreement,
  reviewer_load: reviewerLoad,
  queue_ages: queueAges,
  sla,
  throughput,
  deliveries,
  model_use: modelUse,
  compare_versions: compareVersions,
};

/** Pictures over time, in which changes are marked. */
const overTime: readonly TileId[] = ["route_mix", "proposal_mix", "error_cost", "sla", "throughput"];

/** One tile of the dashboards. */
export async function getTile(ctx: Context, { tile, ...query }: TileQuery & { tile: TileId }): Promise<Tile> {
  authorize(ctx, "evaluations.read");
  // What is one person's is kept for that person alone.
  const whose = tile === "reviewer_load" ? ctx.actor.id : null;
  const found = await kept(ctx, ["tile", tile, whose, query, minuteOf(query.to, ctx)], () =>
    read(ctx, tile, query),
  );
  return inCustomersWords.includes(tile) ? shownTo(ctx, found) : found;
}

/** Tiles that name values of inputs. They are kept as read, for everybody, and masked for who asks. */
const inCustomersWords: readonly TileId[] = [
  "calibration_by_part",
  "disparity",
  "drift_psi",
  "drift_js",
  "drift_states",
  "worst_groups",
];

async function shownTo(ctx: Context, tile: Tile): Promise<Tile> {
  const shown = await maskFor(ctx, tile);
  if (shown === tile || shown.picture?.kind !== "bars" || tile.picture?.kind !== "bars") return shown;
  const { bars } = tile.picture;
  // A link by a value that is masked would lead to nothing.
  const linked = shown.picture.bars.map((bar, at) =>
    bar.label === bars[at]?.label && bar.href === bars[at]?.href ? bar : { ...bar, href: null },
  );
  return { ...shown, picture: { ...shown.picture, bars: linked } };
}

async function read(ctx: Context, tile: TileId, query: TileQuery): Promise<Tile> {
  const { a: _, b: __, by: ___, ...filter } = query;
  const window = windowOf(ctx, filter);
  const [body, markers] = await Promise.all([
    readers[tile](window, query),
    overTime.includes(tile) ? markersOf(window) : [],
  ]);
  return {
    object: "metrics.tile",
    tile,
    ...tileCatalogue[tile],
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    computed_at: ctx.now.toISOString(),
    warnings: [],
    figures: [],
    not_narrowed_by: [],
    markers,
    ...body,
  };
}
