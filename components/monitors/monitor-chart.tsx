"use client";

import { useQuery } from "@tanstack/react-query";
import { LimitLine } from "@/components/charts/limit-line";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import type { MetricName, MetricUnit } from "@/lib/evaluations/metrics-catalogue";
import { seriesOf } from "@/lib/monitors/client";
import { figureText, metricName } from "@/lib/monitors/figure-text";

type Props = {
  monitor: string;
  metric: MetricName;
  unit: MetricUnit;
  alertAt: number;
  warnAt?: number | null;
  /** A moment near its middle; absent: up to now. */
  around?: string;
};

/** A monitor's figure over time, read when the page is there. */
export function MonitorChart({ monitor, metric, unit, alertAt, warnAt = null, around }: Props) {
  const { data, error, refetch } = useQuery(seriesOf(monitor, around));
  if (error) return <ErrorCard message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-80" />;
  const warn = warnAt === null ? [] : [{ label: "Warning", value: warnAt }];
  return (
    <LimitLine
      title={around === undefined ? "How has it been?" : "How was it around then?"}
      sentence="Each point is the figure of the monitor’s window that ends there."
      name={metricName(metric)}
      points={data}
      limits={[...warn, { label: "Alert", value: alertAt }]}
      text={(value) => figureText(value, unit)}
    />
  );
}
