"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { LineChart } from "@/components/charts/line-chart";
import { ErrorCard } from "@/components/ui/error-card";
import { FigureTable } from "@/components/ui/figure-table";
import { Skeleton } from "@/components/ui/skeleton";
import type { MetricName, MetricUnit } from "@/lib/evaluations/metrics-catalogue";
import { seriesOf } from "@/lib/monitors/client";
import type { MonitorPoint } from "@/lib/monitors/endpoints";
import { figureText, metricName } from "@/lib/monitors/figure-text";

type Props = {
  monitor: string;
  metric: MetricName;
  unit: MetricUnit;
  alertAt: number;
  /** When its incident opened, marked and near the middle; absent: up to now. */
  around?: string;
};

/** A monitor's figure over time, read once the page is there. */
export function MonitorChart(props: Props) {
  const { data, error, refetch } = useQuery(seriesOf(props.monitor, props.around));
  if (error) return <ErrorCard message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-80" />;
  return <Figure {...props} points={data} />;
}

function Figure({ metric, unit, alertAt, around, points }: Props & { points: MonitorPoint[] }) {
  const id = useId();
  const name = metricName(metric);
  const text = (value: number) => figureText(value, unit);
  const title = around === undefined ? "How has it been?" : "How was it around then?";
  const hasFigures = points.some(({ value }) => value !== null);
  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-2 rounded-card border bg-card p-4">
      <figcaption className="flex flex-col gap-0.5">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        <p className="text-sm text-muted-foreground">
          Each point is the figure of the monitor’s window that ends there; the dashed line is where it
          alerts, at {text(alertAt)}.{around === undefined ? "" : " 1 marks the incident."}
        </p>
      </figcaption>
      {hasFigures ? (
        <div className="h-60 min-w-0">
          <LineChart
            label={`${name} over time`}
            series={[{ key: "value", label: name }]}
            points={points.map(({ at, value, low, high, n }) => ({
              at,
              complete: true,
              values: { value: { value, lower: low, upper: high, n } },
            }))}
            format={text}
            top="auto"
            limit={alertAt}
            markers={around === undefined ? [] : [around]}
          />
        </div>
      ) : (
        <p className="py-12 text-center text-sm text-muted-foreground">There was no figure in this time.</p>
      )}
      {hasFigures ? (
        <FigureTable
          caption={title}
          columns={["Up to (UTC)", name, "n"]}
          rows={points.map(({ at, value, n }) => [
            at.slice(0, 16).replace("T", " "),
            value === null ? "no figure" : text(value),
            n,
          ])}
        />
      ) : null}
    </figure>
  );
}
