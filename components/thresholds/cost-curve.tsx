import { memo } from "react";
import { ChartFigure } from "@/components/charts/chart-figure";
import { percent } from "@/components/charts/chart-theme";
import { Input } from "@/components/ui/input";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import { cheapest, type Spread, type WhatIf } from "@/lib/autonomy/what-if";
import { moneyText } from "./figure-texts";
import { axisTo, Diamond, Plot, placed } from "./plot";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import type { Change } from "./use-looking";

type Props = {
  /** Strictest first. */
  curve: WhatIf[];
  draft: WhatIf;
  currency: string;
  data: Pick<ThresholdData, "cost_wrong" | "handling">;
  hour: number;
  change: Change;
};

type Point = { x: number; share: number } & Spread;

/** What a week costs at each threshold: errors on one side, people on the other. */
export function CostCurve({ curve, draft, currency, data, hour, change }: Props) {
  const points = curve.flatMap(({ threshold, share, costPerWeek }): Point[] =>
    costPerWeek ? [{ x: threshold, share, ...costPerWeek }] : [],
  );
  const best = cheapest(curve);
  const money = (minor: number) => moneyText(minor, currency);
  const { top, ticks } = axisTo(topOf(points), money);
  return (
    <div className="relative min-w-0">
      <ChartFigure
        title="Which threshold costs least?"
        sentence={sentenceOf(best, { data, money })}
        empty={emptyOf(data)}
        table={{
          columns: ["From", "Runs alone", "A week", "Lower", "Upper"],
          rows: points
            .filter((_, at) => at % Math.max(1, Math.ceil(points.length / 25)) === 0)
            .map(({ x, share, value, lower, upper }) => [
              thresholdText(x),
              percent(share),
              money(value),
              money(lower),
              money(upper),
            ]),
        }}
      >
        <Plot
          xTicks={[0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, label: at.toFixed(1) }))}
          yTicks={ticks}
          xLabel="Threshold"
          onPoint={(share) => change({ at: Math.round(share * 100) / 100 })}
          shapes={<Curve points={points} top={top} />}
          marks={
            <>
              {best?.costPerWeek ? (
                <span
                  className="absolute size-3 -translate-x-1/2 translate-y-1/2 rounded-full border-2 border-surface bg-approved"
                  style={placed(best.threshold, Math.min(1, best.costPerWeek.value / top))}
                />
              ) : null}
              {draft.costPerWeek ? (
                <Diamond look="draft" x={draft.threshold} y={Math.min(1, draft.costPerWeek.value / top)} />
              ) : null}
            </>
          }
        />
      </ChartFigure>
      {points.length > 0 ? <Hour hour={hour} currency={currency} change={change} /> : null}
    </div>
  );
}

function Hour({ hour, currency, change }: Pick<Props, "hour" | "currency" | "change">) {
  return (
    <label className="absolute end-4 bottom-2.5 hidden items-center gap-2 text-xs text-muted-foreground md:flex">
      An hour of a reviewer costs
      <Input
        type="number"
        min={0}
        step={1}
        className="h-7 w-20 text-end tabular-nums"
        value={hour}
        onChange={(event) => {
          const typed = event.target.valueAsNumber;
          if (typed >= 0 && typed <= 10_000) change({ hour: typed });
        }}
      />
      {currency}
    </label>
  );
}

function topOf(points: readonly Point[]): number {
  const line = Math.max(0, ...points.map(({ value }) => value));
  return Math.min(Math.max(0, ...points.map(({ upper }) => upper)), line * 1.4) || 1;
}

type Said = { data: Props["data"]; money: (minor: number) => string };

function sentenceOf(best: WhatIf | null, { data, money }: Said): string {
  if (!best?.costPerWeek || !data.cost_wrong) return "No threshold has a price yet.";
  return `From ${thresholdText(best.threshold)} up a week cost least, about ${money(best.costPerWeek.value)}: each wrong one at ${money(data.cost_wrong.amount)}, and people’s time for the rest.`;
}

function emptyOf({ cost_wrong, handling }: Props["data"]): string {
  if (!cost_wrong) return "The decision type does not say what a wrong one costs.";
  return handling.n === 0
    ? "Nobody has ruled on this type in 30 days, so a review has no price."
    : "There are too few labels for an error rate.";
}

/** Stays while the handle moves. */
const Curve = memo(function Curve({ points, top }: { points: Point[]; top: number }) {
  const line = (pick: (point: Point) => number, some = points) =>
    some.map((point) => `${point.x * 100},${100 - (pick(point) / top) * 100}`).join(" ");
  return (
    <>
      <polygon
        points={`${line(({ upper }) => upper)} ${line(({ lower }) => lower, points.toReversed())}`}
        fill="var(--chart-3)"
        fillOpacity="0.18"
      />
      <polyline
        points={line(({ value }) => value)}
        fill="none"
        stroke="var(--chart-3)"
        strokeWidth="2"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
});
