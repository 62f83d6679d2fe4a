import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MetricView, Tile } from "./board-schema";
import type { ConfusionView } from "./confusion-views";
import type { MetricName } from "./metrics-catalogue";
import type { Confusion, MetricFilter } from "./schema";
import type { TileId } from "./tile-catalogue";

export const ranges = ["24h", "7d", "30d", "90d", "1y"] as const;
export type Range = (typeof ranges)[number];
/** Filters of the dashboards as their address spells them; empty text is no filter. */
export type Shown = {
  app: string;
  type: string;
  prompt: string;
  model: string;
  segment: string;
  labelled: boolean;
  previous: boolean;
  range: Range;
};
/** The two versions that are compared; empty: the two with the most decisions. */
export type Compared = { a: string; b: string; by: "prompt_version" | "model" };

const hours: Record<Range, number> = { "24h": 24, "7d": 168, "30d": 720, "90d": 2160, "1y": 8760 };
/** The moment so many hours ago, in ISO 8601: the clock is the caller's. */
export type Since = (hours: number) => string;

/** The API's filter of what is shown. */
export function filterOf(
  { app, type, prompt, model, segment, labelled, range }: Shown,
  since: Since,
): MetricFilter {
  return {
    ...(app === "" ? {} : { app }),
    ...(type === "" ? {} : { type }),
    ...(prompt === "" ? {} : { prompt_version: prompt }),
    ...(model === "" ? {} : { model }),
    ...(segment === "" || type === "" ? {} : { segment }),
    ...(labelled ? { labelled: "true" as const } : {}),
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

const refetchMs = 30_000;

function asked<T>(path: string, shown: Shown, since: Since, more: Record<string, string> = {}) {
  return queryOptions({
    queryKey: ["metrics", path, shown, more],
    queryFn: () => ask<T>(path, { ...filterOf(shown, since), ...more }),
    refetchInterval: refetchMs,
    placeholderData: keepPreviousData,
  });
}

export const confusionOf = (shown: Shown, since: Since, view: ConfusionView) =>
  asked<Confusion>("confusion", shown, since, { view });
/** How a metric is asked for: with the time before when it is compared, with changes when it is drawn over time. */
export type Course = { compare?: "previous"; changes?: "true" };
export const courseOf = ({ previous }: Shown, picture: "spark" | "line"): Course => ({
  ...(previous ? { compare: "previous" } : {}),
  ...(picture === "line" ? { changes: "true" } : {}),
});
export const metricOf = (shown: Shown, since: Since, metric: MetricName, course: Course) =>
  asked<MetricView>(metric, shown, since, { ...course });
export const tileOf = (shown: Shown, since: Since, tile: TileId, compared?: Compared) =>
  asked<Tile>(`tiles/${tile}`, shown, since, compared ? { ...compared } : {});

async function ask<T>(path: string, filter: Record<string, string | undefined>): Promise<T> {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
  const response = await fetch(`/api/v1/metrics/${path}?${query.toString()}`, {
    headers: { Accept: "application/json" },
  });
  const body = (await response.json()) as unknown;
  if (response.ok) return body as T;
  const { detail, request_id } = body as { detail?: string; request_id?: string };
  throw new MetricsProblem(detail ?? "The server did not answer as expected", request_id);
}
