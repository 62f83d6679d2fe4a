"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkline } from "@/components/charts/sparkline";
import { LineChart } from "@/components/charts/line-chart";
import { FigureValue } from "@/components/ui/figure-value";
import { courseOf, metricOf, type Shown } from "@/lib/evaluations/client";
import type { MetricView } from "@/lib/evaluations/board-schema";
import type { MetricName } from "@/lib/evaluations/metrics-catalogue";
import { formatOf } from "./cell-text";
import { differenceText, figureText, intervalText, rowsHref, valueText } from "./figure-words";
import { listedAt } from "./listed-at";
import { since } from "./since";
import { Answered } from "./tile";
import { TileFrame } from "./tile-frame";

type Props = { metric: MetricName; shown: Shown; picture: "spark" | "line" };

/** A named figure: its value with interval and n, its course, and the time before when that is compared. */
export function MetricTile({ metric, shown, picture }: Props) {
  const query = useQuery(metricOf(shown, since, metric, courseOf(shown, picture)));
  return (
    <Answered query={query} skeleton={picture === "line" ? "h-96" : "h-52"}>
      {(data) => <Drawn data={data} picture={picture} app={shown.app} />}
    </Answered>
  );
}

type DrawnProps = { data: MetricView; picture: Props["picture"]; app: string };

function Drawn({ data, picture, app }: DrawnProps) {
  const { figure, points, markers, limit, note } = data;
  const share = figure.unit === "share";
  return (
    <TileFrame
      id={data.metric}
      question={data.question}
      definition={data.definition}
      population={figure.population}
      weighting={note === null ? figure.weighting : `${figure.weighting}. ${note}`}
      notNarrowedBy={data.not_narrowed_by}
      computedAt={data.computed_at}
      rowsHref={Object.keys(figure.rows).length === 0 ? listedAt(data.metric, app) : rowsHref(figure)}
      markers={picture === "line" ? markers : []}
      table={{
        columns: ["From (UTC)", "Value", "Lower", "Upper", "n"],
        rows: points.map(({ at, value, lower, upper, n }) => [at, value, lower, upper, n]),
      }}
      answer={<Headline data={data} picture={picture} />}
    >
      {picture === "line" && points.length > 0 ? (
        <div className="h-60 min-w-0 grow">
          <LineChart
            label={data.question}
            series={[{ key: "value", label: data.question }]}
            points={points.map(({ at, complete, ...value }) => ({ at, complete, values: { value } }))}
            format={formatOf(figure.unit)}
            top={share ? "share" : "auto"}
            limit={limit}
            markers={markers.map(({ at }) => at)}
          />
        </div>
      ) : null}
    </TileFrame>
  );
}

function Headline({ data, picture }: { data: MetricView; picture: Props["picture"] }) {
  const { figure, previous, limit, points } = data;
  const over = limit !== null && figure.upper !== null && figure.upper > limit;
  return (
    <>
      <div className="flex items-end justify-between gap-2">
        <FigureValue value={valueText(figure)} />
        {picture === "spark" && points.filter(({ value }) => value !== null).length > 1 ? (
          <Sparkline values={points.map(({ value }) => value)} />
        ) : null}
      </div>
      <p className="flex flex-wrap gap-x-2 text-xs text-muted-foreground tabular-nums">
        {intervalText(figure) === undefined ? null : <span>{intervalText(figure)}</span>}
        <span>n = {figure.n.toLocaleString("en")}</span>
      </p>
      {limit === null ? null : (
        <p className={`text-xs ${over ? "text-declined-text" : "text-muted-foreground"}`}>
          Promised at most {figureText("share", limit)}
          {over ? ": the interval reaches above it" : ""}
        </p>
      )}
      {previous === null ? null : (
        <p className="text-xs text-muted-foreground">
          {previous.difference
            ? differenceText(previous.difference)
            : `Before: ${previous.value === null ? "nothing" : figureText(figure.unit, previous.value)}`}
        </p>
      )}
    </>
  );
}
