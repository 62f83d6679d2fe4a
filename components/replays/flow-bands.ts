import type { ReplayResult } from "@/lib/autonomy/replay-views";
import { type Route, routes } from "@/lib/decisions/routes";

/** A route's bar on one side, in percent of the height; `label`: where its words stand without touching others. */
export type Band = { route: Route; n: number; from: number; to: number; label: number };
/** What flows from a bar on the left to one on the right: its upper edge on each side, and how high it is. */
export type Ribbon = { was: Route; would: Route; left: number; right: number; height: number };

const gap = 3;
/** Two lines of words take so much of the height. */
const wordsHigh = 18;

/** Bars and ribbons of a flow: every decision as high on the left as on the right. */
export function bandsOf(flow: ReplayResult["flow"]): { was: Band[]; would: Band[]; ribbons: Ribbon[] } {
  const total = flow.reduce((sum, { count }) => sum + count, 0);
  const ofSide = (side: "was" | "would") => routes.filter((route) => flow.some((one) => one[side] === route));
  // The side with more bars has more gaps: both are drawn to its scale.
  const gaps = Math.max(ofSide("was").length, ofSide("would").length) - 1;
  const scale = total === 0 ? 0 : (100 - gap * Math.max(0, gaps)) / total;
  const was = stack(flow, "was", scale);
  const would = stack(flow, "would", scale);
  const [leftAt, rightAt] = [edges(was), edges(would)];
  const ribbons = flow.map(({ was: from, would: to, count }) => {
    const height = count * scale;
    const ribbon = { was: from, would: to, left: leftAt.get(from) ?? 0, right: rightAt.get(to) ?? 0, height };
    leftAt.set(from, ribbon.left + height);
    rightAt.set(to, ribbon.right + height);
    return ribbon;
  });
  return { was: spread(was), would: spread(would), ribbons };
}

function stack(flow: ReplayResult["flow"], side: "was" | "would", scale: number): Band[] {
  let at = 0;
  return routes.flatMap((route) => {
    const n = flow.filter((one) => one[side] === route).reduce((sum, { count }) => sum + count, 0);
    if (n === 0) return [];
    const band = { route, n, from: at, to: at + n * scale, label: at + (n * scale) / 2 };
    at = band.to + gap;
    return [band];
  });
}

const edges = (bands: readonly Band[]) => new Map(bands.map(({ route, from }) => [route, from]));

/** Moves words apart, downwards and then back up from the bottom. */
function spread(bands: readonly Band[]): Band[] {
  let above = -wordsHigh / 2;
  const down = bands.map((band) => {
    above = Math.max(band.label, above + wordsHigh);
    return { ...band, label: above };
  });
  let below = 100 + wordsHigh / 2;
  return down
    .toReversed()
    .map((band) => {
      below = Math.min(band.label, below - wordsHigh);
      return { ...band, label: below };
    })
    .toReversed();
}
