"use client";

import { type KeyboardEvent, memo, useId, useState } from "react";
import { FigureTable } from "@/components/ui/figure-table";
import { Input } from "@/components/ui/input";
import { Slider } from "@/components/ui/slider";
import type { ScoreBin } from "@/lib/autonomy/score-pictures";
import type { ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import { count } from "./figure-texts";
import { axisTo, Plot, placed } from "./plot";
import { thresholdText } from "@/lib/autonomy/threshold-text";
import { fieldText, stepped, thresholdOf } from "./threshold-text";
import type { Reckoning } from "./use-reckoning";

type Props = {
  data: ThresholdData;
  reckoning: Pick<Reckoning, "bins" | "draft">;
  choose: (threshold: number) => void;
};

const pageStep = 0.05;

/** The scores that came in, with the handle that parts them right below: what is to its right runs alone. */
export function Instrument({ data, reckoning: { bins, draft }, choose }: Props) {
  const id = useId();
  const { threshold: force } = data.in_force;
  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-2 rounded-card border bg-card p-4">
      <div className="flex items-start justify-between gap-4">
        <figcaption className="flex flex-col gap-0.5">
          <h2 id={id} className="text-sm font-semibold text-muted-foreground">
            How sure was the app, and was it right?
          </h2>
          <p className="text-sm">{sentenceOf(data)}</p>
        </figcaption>
        <Typed draft={draft} choose={choose} />
      </div>
      <Legend />
      <div aria-hidden className="min-h-56 grow">
        <Histogram bins={bins} draft={draft} force={force} choose={choose} />
      </div>
      <Handle draft={draft} choose={choose} />
      <FigureTable
        caption="Decisions by confidence"
        columns={["Confidence", "Right", "Wrong", "Nobody has said"]}
        rows={bins
          .filter(({ right, wrong, unlabelled }) => right + wrong + unlabelled > 0)
          .map(({ from, to, right, wrong, unlabelled }) => [
            `${from.toFixed(2)}–${to.toFixed(2)}`,
            right,
            wrong,
            unlabelled,
          ])}
      />
    </figure>
  );
}

function sentenceOf({
  total,
  truncated,
  without_confidence: without,
  columns,
  in_force,
}: ThresholdData): string {
  const held = columns.held.length - columns.held.replaceAll("1", "").length;
  const parts = [
    `${count(total)} ${total === 1 ? "proposal" : "proposals"}${truncated ? ", the newest of more" : ""}`,
    held > 0 ? `${count(held)} of them always with a person: a cap, a policy or a finding` : "",
    without > 0 ? `${count(without)} without a confidence` : "",
  ].filter((part) => part !== "");
  const force =
    in_force.threshold === null
      ? "Nothing runs alone now."
      : `In force: ${thresholdText(in_force.threshold)}, ${in_force.by === "contract" ? "under its contract" : "set by hand"}.`;
  return `${parts.join("; ")}. ${force}`;
}

const kinds = [
  { key: "wrong", label: "Wrong", color: "var(--chart-2)" },
  { key: "right", label: "Right", color: "var(--chart-3)" },
  { key: "unlabelled", label: "Nobody has said", color: "var(--chart-other)" },
] as const;

function Legend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      {kinds.map(({ key, label, color }) => (
        <li key={key} className="inline-flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-3 rounded-sm"
            style={{ background: color, opacity: opacityOf(key) }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

const opacityOf = (key: (typeof kinds)[number]["key"]) => (key === "unlabelled" ? 0.45 : 1);
const tenths = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, label: at.toFixed(1) }));

type HistogramProps = { bins: ScoreBin[]; draft: number; force: number | null; choose: (at: number) => void };

function Histogram({ bins, draft, force, choose }: HistogramProps) {
  const most = Math.max(1, ...bins.map(({ right, wrong, unlabelled }) => right + wrong + unlabelled));
  const { top, ticks } = axisTo(most, (value) => count(value));
  return (
    <Plot
      xTicks={tenths}
      yTicks={Number.isInteger(top / (ticks.length - 1)) ? ticks : ticks.filter((_, at) => at % 2 === 0)}
      onPoint={(share) => choose(Math.round(share * 100) / 100)}
      shapes={<Bars bins={bins} top={top} />}
      marks={
        <>
          <div
            className="absolute inset-y-0 end-0 border-s-2 border-primary bg-primary/8"
            style={{ left: `${draft * 100}%` }}
          >
            <span className="absolute start-1.5 -top-0.5 font-semibold whitespace-nowrap text-primary-text">
              {draft <= 0.86 ? "runs alone →" : ""}
            </span>
          </div>
          <span
            className="absolute -top-0.5 -translate-x-full pe-1.5 whitespace-nowrap"
            style={{ left: `${draft * 100}%` }}
          >
            {draft >= 0.16 ? "← a person rules" : ""}
          </span>
          {force === null || force === draft ? null : (
            <span
              className="absolute size-2.5 -translate-x-1/2 translate-y-1/2 rotate-45 bg-primary"
              style={placed(force, 0)}
            />
          )}
        </>
      }
    />
  );
}

/** Drawn once: the bars stay while the handle moves. */
const Bars = memo(function Bars({ bins, top }: { bins: ScoreBin[]; top: number }) {
  return bins.flatMap((bin) => {
    let below = 0;
    return kinds.map(({ key, color }) => {
      const height = (bin[key] / top) * 100;
      below += height;
      return height === 0 ? null : (
        <rect
          key={`${bin.from} ${key}`}
          x={bin.from * 100 + 0.15}
          width={(bin.to - bin.from) * 100 - 0.3}
          y={100 - below}
          height={height}
          fill={color}
          fillOpacity={opacityOf(key)}
        />
      );
    });
  });
});

/** Read only on a phone: a draft comes by its address. */
function Handle({ draft, choose }: Pick<HistogramProps, "draft" | "choose">) {
  const keys = (event: KeyboardEvent) => {
    const by = {
      PageUp: pageStep,
      PageDown: -pageStep,
      ArrowUp: 0.01,
      ArrowRight: 0.01,
      ArrowDown: -0.01,
      ArrowLeft: -0.01,
    }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(stepped(draft, event.shiftKey ? Math.sign(by) * pageStep : by));
  };
  return (
    <>
      <p className="text-sm md:hidden">
        Draft: from <strong className="font-semibold tabular-nums">{thresholdText(draft)}</strong> up it would
        run alone. Try others on a larger screen.
      </p>
      {/* Below the picture's own line: a handle stops half its width within the ends. Filled where it runs alone. */}
      <div className="hidden ps-[34px] md:block" onKeyDownCapture={keys}>
        <Slider
          className="[&>span:first-child]:bg-primary [&>span:first-child>span]:bg-surface-3"
          thumbLabels={["Draft threshold"]}
          value={[draft]}
          min={0}
          max={1}
          step={0.01}
          onValueChange={([at]) => {
            if (at !== undefined) choose(at);
          }}
        />
      </div>
    </>
  );
}

function Typed({ draft, choose }: Pick<HistogramProps, "draft" | "choose">) {
  // Null: nobody is typing, and it says what the handle says.
  const [text, setText] = useState<string | null>(null);
  const typed = text === null ? draft : thresholdOf(text);
  const take = () => {
    if (typed !== undefined && typed !== draft) choose(typed);
    setText(null);
  };
  return (
    <span className="hidden shrink-0 items-center gap-2 text-sm whitespace-nowrap md:flex">
      <span aria-hidden>Draft threshold</span>
      <Input
        className="w-20 text-end font-semibold tabular-nums"
        inputMode="decimal"
        aria-label="Draft threshold, 0 to 1"
        aria-invalid={typed === undefined}
        value={text ?? fieldText(draft)}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
    </span>
  );
}
