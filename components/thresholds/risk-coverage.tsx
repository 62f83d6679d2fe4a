import { memo } from "react";
import { ChartFigure } from "@/components/charts/chart-figure";
import { percent } from "@/components/charts/chart-theme";
import { percentText } from "@/lib/autonomy/percent-text";
import type { ScoreIndex } from "@/lib/autonomy/score-index";
import type { WhatIf } from "@/lib/autonomy/what-if";
import { largestBelow } from "@/lib/autonomy/what-if";
import { errorText } from "./figure-texts";
import { axisTo, Diamond, Plot, placed } from "./plot";
import { thresholdText } from "@/lib/autonomy/threshold-text";

type Props = {
  /** Strictest first. */
  curve: WhatIf[];
  draft: WhatIf;
  force: WhatIf | null;
  alpha: number;
  index: ScoreIndex;
  choose: (threshold: number) => void;
};

type Point = { x: number; value: number; lower: number; upper: number };

/** The decision itself: the more runs alone, the more of it is wrong. */
export function RiskCoverage({ curve, draft, force, alpha, index, choose }: Props) {
  const points = pointsOf(curve);
  const { top, ticks } = axisTo(topOf(points, alpha), percentText);
  const open = index.total === 0 ? 0 : index.size / index.total;
  const pick = (share: number) => {
    const place = Math.min(index.size, Math.max(1, Math.round(share * index.total)));
    const score = index.scores[place - 1];
    if (score !== undefined) choose(score);
  };
  return (
    <ChartFigure
      title="How much can run alone, at what error?"
      sentence={sentenceOf(curve, { alpha, open })}
      empty="Fewer than 30 labels: there is no error rate to draw yet."
      legend={[
        { label: "Wrong among what runs alone", color: "var(--chart-1)" },
        { label: `At most ${percentText(alpha)}`, color: "var(--chart-2)", dashed: true },
        ...(force ? [{ label: "◆ in force", color: "transparent" }] : []),
        { label: "◇ draft", color: "transparent" },
      ]}
      table={{
        columns: ["From", "Runs alone", "Wrong", "Lower", "Upper", "Labels"],
        rows: points.length === 0 ? [] : everyFew(curve).map(rowOf),
      }}
    >
      <Plot
        xTicks={[0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` }))}
        yTicks={ticks}
        xLabel="Runs alone"
        onPoint={pick}
        shapes={<Curve points={points} top={top} alpha={alpha} audited={force?.share ?? 0} />}
        marks={
          <>
            {force?.error.kind === "estimate" ? (
              <Diamond look="force" x={force.share} y={Math.min(1, force.error.value / top)} />
            ) : null}
            {draft.error.kind === "estimate" ? (
              <Diamond look="draft" x={draft.share} y={Math.min(1, draft.error.value / top)} />
            ) : (
              <span
                className="absolute h-full border-s-2 border-dotted border-primary"
                style={placed(draft.share, 0)}
              />
            )}
          </>
        }
      />
    </ChartFigure>
  );
}

function pointsOf(curve: readonly WhatIf[]): Point[] {
  return curve.flatMap(({ share, error }) => (error.kind === "estimate" ? [{ x: share, ...error }] : []));
}

// The limit and the line are what is compared: a band from very few labels may leave the picture at its top.
function topOf(points: readonly Point[], alpha: number): number {
  const line = Math.max(0, ...points.map(({ value }) => value));
  const band = Math.max(0, ...points.map(({ upper }) => upper));
  return Math.min(1, Math.max(alpha * 1.5, Math.min(band, line * 1.6)));
}

function sentenceOf(curve: readonly WhatIf[], { alpha, open }: { alpha: number; open: number }): string {
  const best = largestBelow(curve, alpha);
  const ceiling = open < 1 ? ` ${percentText(open)} at most could: the rest always goes to a person.` : "";
  if (!best) return `No threshold with enough labels kept to ${percentText(alpha)} wrong.${ceiling}`;
  return `As it turned out, ${percent(best.share)} could have run alone with ${errorText(best.error)} wrong, from ${thresholdText(best.threshold)} up: no promise, since it is picked after looking.${ceiling}`;
}

function rowOf({ threshold, share, error }: WhatIf): (string | number)[] {
  const none = ["–", "–", "–"];
  const rate =
    error.kind === "estimate" ? [percent(error.value), percent(error.lower), percent(error.upper)] : none;
  return [thresholdText(threshold), percent(share), ...rate, error.n];
}

const tableRows = 25;
function everyFew(curve: readonly WhatIf[]): WhatIf[] {
  const step = Math.max(1, Math.ceil(curve.length / tableRows));
  return curve.filter((_, at) => at % step === step - 1 || at === curve.length - 1);
}

type CurveProps = { points: Point[]; top: number; alpha: number; audited: number };

/** Stays while the handle moves. */
const Curve = memo(function Curve({ points, top, alpha, audited }: CurveProps) {
  const y = (share: number) => 100 - (share / top) * 100;
  const line = (pick: (point: Point) => number, some = points) =>
    some.map((point) => `${point.x * 100},${y(pick(point))}`).join(" ");
  return (
    <>
      {audited > 0 ? (
        // To the left only audits speak: what runs alone has no reviewer.
        <rect x="0" y="0" width={audited * 100} height="100" fill="var(--surface-3)" fillOpacity="0.6" />
      ) : null}
      <polygon
        points={`${line(({ upper }) => upper)} ${line(({ lower }) => lower, points.toReversed())}`}
        fill="var(--chart-1)"
        fillOpacity="0.18"
      />
      <line
        x1="0"
        x2="100"
        y1={y(alpha)}
        y2={y(alpha)}
        stroke="var(--chart-2)"
        strokeWidth="1.5"
        strokeDasharray="5 4"
        vectorEffect="non-scaling-stroke"
      />
      <polyline
        points={line(({ value }) => value)}
        fill="none"
        stroke="var(--chart-1)"
        strokeWidth="2"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
});
