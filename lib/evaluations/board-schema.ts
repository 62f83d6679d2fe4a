import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { metricNames, metricUnits } from "./metrics-catalogue";
import { Figure, MetricFilter } from "./schema";
import { tileIds } from "./tile-catalogue";

/** How finely a time series is cut; weeks begin on Monday, all in UTC. */
const steps = ["hour", "day", "week"] as const;
export type Step = (typeof steps)[number];

/** Something that was changed, drawn into pictures over time. */
export const Marker = z.object({
  at: z.string(),
  kind: z.enum(["prompt", "model", "policy", "threshold", "epoch"]),
  label: z.string(),
  href: z.string().nullable(),
});
export type Marker = z.output<typeof Marker>;

const Value = z.object({
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  n: z.int(),
});

/** A difference of two shares with its 95 % interval; `real` when the interval leaves out 0. */
export const Difference = z.object({
  value: z.number(),
  lower: z.number(),
  upper: z.number(),
  real: z.boolean(),
});
export type Difference = z.output<typeof Difference>;

const asOf = {
  from: z.string(),
  to: z.string(),
  computed_at: z.string().describe("A figure that took long is kept for a minute; this says how old it is"),
  not_narrowed_by: z.array(z.string()).describe("Parts of the filter that its rows do not know"),
};

export const MetricView = z.object({
  object: z.literal("metric"),
  metric: z.enum(metricNames),
  question: z.string(),
  definition: z.string(),
  better: z.enum(["higher", "lower", "neither"]),
  ...asOf,
  figure: Figure,
  step: z.enum(steps),
  points: z.array(Value.extend({ at: z.string(), complete: z.boolean() })),
  markers: z.array(Marker),
  limit: z
    .number()
    .nullable()
    .describe("What the contracts of this app and type promise, where there is one"),
  note: z.string().nullable(),
  previous: Value.extend({ from: z.string(), difference: Difference.nullable() })
    .nullable()
    .describe("The equally long time before, with `compare=previous`"),
});
export type MetricView = z.output<typeof MetricView>;

const Series = z.object({ key: z.string(), label: z.string() });
const Cell = z.union([z.string(), z.number(), z.null()]);

/** How a tile is drawn; its table always holds the same numbers. */
const Picture = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["stack", "columns"]),
    series: z.array(Series),
    points: z.array(
      z.object({ at: z.string(), complete: z.boolean(), values: z.record(z.string(), z.number()) }),
    ),
  }),
  z.object({
    kind: z.literal("bars"),
    unit: z.enum([...metricUnits, "points"]).describe("points: differences of shares, 0.01 is one point"),
    bars: z.array(
      z.object({
        label: z.string(),
        value: z.number().nullable(),
        lower: z.number().nullable(),
        upper: z.number().nullable(),
        n: z.int(),
        cumulative: z.number().nullable().describe("Of a Pareto picture: the share up to here"),
        href: z.string().nullable(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("heat"),
    columns: z.array(z.string()),
    guides: z.array(z.number()).describe("Customary limits; a convention, no guarantee"),
    rows: z.array(z.object({ label: z.string(), values: z.array(z.number().nullable()) })),
  }),
  z.object({
    kind: z.literal("reliability"),
    parts: z.array(
      z.object({
        label: z.string(),
        n: z.int(),
        bins: z.array(
          z.object({
            low: z.number(),
            high: z.number(),
            stated: z.number(),
            observed: z.number(),
            lower: z.number(),
            upper: z.number(),
            n: z.int(),
          }),
        ),
      }),
    ),
  }),
]);
export type Picture = z.output<typeof Picture>;

export const Tile = z.object({
  object: z.literal("metrics.tile"),
  tile: z.enum(tileIds),
  question: z.string(),
  definition: z.string(),
  ...asOf,
  sentence: z.string().describe("The answer in a sentence"),
  population: z.string(),
  weighting: z.string(),
  figures: z.array(Figure.extend({ label: z.string() })),
  warnings: z.array(z.string()),
  picture: Picture.nullable(),
  markers: z.array(Marker),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(Cell)) }),
  rows: z.record(z.string(), z.string()).nullable().describe("Query of the decisions list"),
});
export type Tile = z.output<typeof Tile>;
/** What a tile's own reader gives; the rest is said of every tile alike. */
export type TileBody = Omit<
  Tile,
  | "object"
  | "tile"
  | "question"
  | "definition"
  | "from"
  | "to"
  | "computed_at"
  | "warnings"
  | "markers"
  | "figures"
  | "not_narrowed_by"
> &
  Partial<Pick<Tile, "warnings" | "markers" | "figures" | "not_narrowed_by">>;

const about = {
  method: "GET",
  tag: "Metrics",
  security: "key",
  scope: "decisions:read",
  status: 200,
} as const;

export const MetricQuery = MetricFilter.extend({
  compare: z.enum(["previous"]).optional(),
  changes: z.enum(["true"]).optional().describe("With what was changed meanwhile, as `markers`"),
});
export type MetricQuery = z.output<typeof MetricQuery>;

export const metricEndpoint = endpoint({
  ...about,
  id: "getMetric",
  path: "/api/v1/metrics/{metric}",
  summary: "One figure by name, with its interval, population, and course over time",
  description:
    "Points are cut by hour up to three days, by day up to about a hundred, then by week (UTC). Markers say what was changed.",
  params: z.object({ metric: z.enum(metricNames) }),
  query: MetricQuery,
  response: MetricView,
  problems: { 422: "There is no such metric, or a filter is not understood" },
});

export const TileQuery = MetricFilter.extend({
  a: z.string().max(200).optional().describe("For `compare`: one version"),
  b: z.string().max(200).optional().describe("For `compare`: the other version"),
  by: z.enum(["prompt_version", "model"]).optional().describe("For `compare`: what `a` and `b` are"),
});
export type TileQuery = z.output<typeof TileQuery>;

export const tileEndpoint = endpoint({
  ...about,
  id: "getMetricsTile",
  path: "/api/v1/metrics/tiles/{tile}",
  summary: "One picture of the dashboards with its table",
  params: z.object({ tile: z.enum(tileIds) }),
  query: TileQuery,
  response: Tile,
  problems: { 422: "There is no such tile, or a filter is not understood" },
});

export const boardEndpoints = [metricEndpoint, tileEndpoint];
