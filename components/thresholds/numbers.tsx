import type { ReactNode } from "react";
import { percent } from "@/components/charts/chart-theme";
import { cn } from "@/components/ui/class-names";
import { percentText } from "@/lib/autonomy/percent-text";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { WhatIf } from "@/lib/autonomy/what-if";
import {
  amountText,
  count,
  errorText,
  hoursText,
  intervalText,
  moneyText,
  pointsText,
  rangeText,
} from "./figure-texts";
import { spanDays } from "./use-reckoning";
import { thresholdText } from "@/lib/autonomy/threshold-text";

type Props = { figures: WhatIf; force: WhatIf | null; alpha: number; data: ThresholdData };

/** What a threshold would mean, in the numbers people decide by. They move with the handle. */
export function Numbers({ figures, force, alpha, data }: Props) {
  const { share, error, wrongPerWeek, hoursSaved, costPerWeek } = figures;
  const days = spanDays(data);
  return (
    <section
      aria-label={`What ${thresholdText(figures.threshold)} would mean`}
      className="flex flex-col divide-y rounded-card border bg-card"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 py-3">
        <h2 className="text-sm font-semibold text-muted-foreground">
          What <span className="tabular-nums">{thresholdText(figures.threshold)}</span> would mean
        </h2>
        <p className="text-xs text-subtle-foreground">
          at the pace of {days < 1.5 ? "one day" : `${Math.round(days)} days`}
        </p>
      </div>
      <Row
        large
        label="runs alone"
        value={percent(share)}
        detail={`${count(figures.alone)} of ${count(data.total)}, ${amountText(figures.alonePerWeek)} a week`}
        against={
          force && force.threshold !== figures.threshold
            ? `${pointsText(share - force.share)} against now`
            : null
        }
      />
      <Row
        large={error.kind === "estimate"}
        label={error.kind === "estimate" ? "of those wrong" : "of those wrong: no figure yet"}
        value={errorText(error)}
        tone={toneOf(figures, alpha)}
        detail={intervalText(error)}
        against={error.kind === "estimate" ? verdictOf(error, alpha) : null}
      />
      <Row
        label="wrong a week"
        value={wrongPerWeek ? amountText(wrongPerWeek.value) : "–"}
        detail={wrongPerWeek ? rangeText(wrongPerWeek, amountText) : "Needs an error rate"}
      />
      <Row
        label="of reviewers’ time saved a week"
        value={hoursSaved ? hoursText(hoursSaved.value) : "–"}
        detail={
          hoursSaved
            ? `middle half of looks ${rangeText(hoursSaved, hoursText)}`
            : "Nobody has ruled on this type in 30 days"
        }
      />
      <Row
        label="a week, errors and people"
        value={costPerWeek ? moneyText(costPerWeek.value, data.type.currency) : "–"}
        detail={
          costPerWeek
            ? rangeText(costPerWeek, (minor) => moneyText(minor, data.type.currency))
            : data.cost_wrong
              ? "Needs an error rate and a handling time"
              : "The type does not say what a wrong one costs"
        }
      />
    </section>
  );
}

function toneOf({ error }: WhatIf, alpha: number): RowProps["tone"] {
  if (error.kind === "insufficient") return "short";
  return error.upper <= alpha ? "good" : error.value > alpha ? "bad" : "neutral";
}

function verdictOf({ value, upper }: { value: number; upper: number }, alpha: number): string {
  const limit = percentText(alpha);
  if (upper <= alpha) return `within ${limit}`;
  return value > alpha ? `above ${limit}` : `${limit} within the interval`;
}

type RowProps = {
  label: string;
  value: string;
  detail: ReactNode;
  against?: string | null;
  large?: boolean;
  tone?: "neutral" | "good" | "bad" | "short";
};

const inks = {
  neutral: "",
  good: "text-approved-text",
  bad: "text-declined-text",
  short: "text-muted-foreground",
};

function Row({ label, value, detail, against, large = false, tone = "neutral" }: RowProps) {
  return (
    <div className="flex grow flex-col justify-center px-4 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span
          className={cn(
            "font-semibold tracking-tight tabular-nums",
            large ? "text-2xl" : "text-lg",
            inks[tone],
          )}
        >
          {value}
        </span>
        <span className="text-sm text-muted-foreground">{label}</span>
      </p>
      <p className="flex flex-wrap justify-between gap-x-3 text-xs text-subtle-foreground tabular-nums">
        <span>{detail}</span>
        {against ? <span className={cn("font-semibold", inks[tone])}>{against}</span> : null}
      </p>
    </div>
  );
}
