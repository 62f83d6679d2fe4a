"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { BarList } from "@/components/charts/bar-list";
import { HeatTable } from "@/components/charts/heat-table";
import { StackedBars } from "@/components/charts/stacked-bars";
import { seriesColors } from "@/components/charts/chart-theme";
import { tileOf, type Compared, type Shown } from "@/lib/evaluations/client";
import type { Picture, Tile } from "@/lib/evaluations/board-schema";
import type { TileId } from "@/lib/evaluations/tile-catalogue";
import { formatOf } from "./cell-text";
import { intervalText, rowsHref, valueText } from "./figure-words";
import { Reliabilities } from "./reliabilities";
import { since } from "./since";
import { Answered } from "./tile";
import { TileFrame } from "./tile-frame";

type Props = { tile: TileId; shown: Shown; compared?: Compared };

/** A picture of the dashboards, drawn by its kind. */
export function BoardTile({ tile, shown, compared }: Props) {
  const query = useQuery(tileOf(shown, since, tile, compared));
  return (
    <Answered query={query} skeleton="h-80">
      {(data) => (
        <TileFrame
          id={data.tile}
          question={data.question}
          definition={data.definition}
          population={data.population}
          weighting={data.weighting}
          notNarrowedBy={data.not_narrowed_by}
          computedAt={data.computed_at}
          table={data.table}
          rowsHref={data.rows === null ? null : rowsHref({ rows: data.rows })}
          markers={data.markers}
          answer={<Said data={data} />}
        >
          {data.table.rows.length === 0 ? null : <Drawn data={data} />}
        </TileFrame>
      )}
    </Answered>
  );
}

function Said({ data: { sentence, figures, warnings } }: { data: Tile }) {
  return (
    <>
      <Warnings warnings={warnings} />
      {figures.map((figure) => (
        <p key={figure.label} className="flex flex-wrap items-baseline gap-x-2 text-xs text-muted-foreground">
          <span>{figure.label}</span>
          <span
            className={
              figure.value === null ? "text-md" : "text-xl font-semibold text-foreground tabular-nums"
            }
          >
            {valueText(figure)}
          </span>
          <span className="tabular-nums">{intervalText(figure)}</span>
          <span className="tabular-nums">n = {figure.n.toLocaleString("en")}</span>
        </p>
      ))}
      <p className="text-sm">{sentence}</p>
    </>
  );
}

/** Differences that are real, above whatever figure would pool them away. */
export function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-control bg-review-soft p-2 text-sm text-review-text">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning}
        </li>
      ))}
    </ul>
  );
}

function Drawn({ data }: { data: Tile }) {
  const { picture, question } = data;
  if (picture === null) return null;
  if (picture.kind === "bars") return <BarList bars={picture.bars} format={formatOf(picture.unit)} />;
  if (picture.kind === "reliability") return <Reliabilities parts={picture.parts} />;
  if (picture.kind === "heat") return <HeatTable caption={`${question} Heat map`} {...picture} />;
  return (
    <>
      <Legend series={picture.series} />
      <div className="h-60 min-w-0 grow">
        <StackedBars
          label={question}
          series={picture.series}
          layout={picture.kind === "stack" ? "stacked" : "beside"}
          markers={data.markers.map(({ at }) => at)}
          points={picture.points.map(({ at, complete, values }) => ({
            at,
            values,
            ...(/^\d{4}-/.test(at) ? (complete ? {} : { unfinished: true }) : { label: at }),
          }))}
        />
      </div>
    </>
  );
}

type Drawable = Extract<Picture, { kind: "stack" | "columns" }>;

function Legend({ series }: Pick<Drawable, "series">) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      {series.map(({ key, label }, place) => (
        <li key={key} className="inline-flex items-center gap-1.5">
          <svg viewBox="0 0 12 12" aria-hidden className="size-3">
            <rect width="12" height="12" rx="2" fill={seriesColors[place] ?? "var(--chart-other)"} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
