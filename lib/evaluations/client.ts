import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ConfusionView } from "./confusion-views";
import type { Calibration, Confusion, MetricFilter, Overview, Volume } from "./schema";

export const ranges = ["24h", "7d", "30d", "90d", "1y"] as const;
export type Range = (typeof ranges)[number];
/** Filters of the dashboards as their address spells them; empty text is no filter. */
export type Shown = { app: string; type: string; prompt: string; range: Range };

const hours: Record<Range, number> = { "24h": 24, "7d": 168, "30d": 720, "90d": 2160, "1y": 8760 };
/** The moment so many hours ago, in ISO 8601: the clock is the caller's. */
export type Since = (hours: number) => string;

/** The API's filter of what is shown. */
export function filterOf({ app, type, prompt, range }: Shown, since: Since): MetricFilter {
  return {
    ...(app === "" ? {} : { app }),
    ...(type === "" ? {} : { type }),
    ...(prompt === "" ? {} : { prompt_version: prompt }),
    from: since(hours[range]),
  };
}

/** An answer of the API that is a problem, with its sentence. */
export class MetricsProblem extends Error {
  constructor(
    detail: string,
    readonly requestId?: string,
  ) {
    super(detail);
  }
}

const refetchMs = 15_000;

function metric<T>(name: string, shown: Shown, since: Since, more: Record<string, string> = {}) {
  return queryOptions({
    queryKey: ["metrics", name, shown, more],
    queryFn: () => ask<T>(name, { ...filterOf(shown, since), ...more }),
    refetchInterval: refetchMs,
    placeholderData: keepPreviousData,
  });
}

export const overviewOf = (shown: Shown, since: Since) => metric<Overview>("overview", shown, since);
export const confusionOf = (shown: Shown, since: Since, view: ConfusionView) =>
  metric<Confusion>("confusion", shown, since, { view });
export const calibrationMetricOf = (shown: Shown, since: Since) =>
  metric<Calibration>("calibration", shown, since);
export const volumeOf = (shown: Shown, since: Since) => metric<Volume>("volume", shown, since);

async function ask<T>(name: string, filter: Record<string, string | undefined>): Promise<T> {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
  const response = await fetch(`/api/v1/metrics/${name}?${query.toString()}`, {
    headers: { Accept: "application/json" },
  });
  const body = (await response.json()) as unknown;
  if (response.ok) return body as T;
  const { detail, request_id } = body as { detail?: string; request_id?: string };
  throw new MetricsProblem(detail ?? "The server did not answer as expected", request_id);
}
