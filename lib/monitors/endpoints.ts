import { z } from "zod";
import { metricNames, metricUnits } from "@/lib/evaluations/metrics-catalogue";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { comparators, monitorStates } from "./vocabulary";

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

const WebhookUrl = z
  .url({ protocol: /^https?$/, error: "an https:// address" })
  .max(1000)
  .refine((text) => URL.canParse(text) && new URL(text).username === "", "an address without user name");

const fields = {
  name: z.string().trim().min(1, "Give it a name").max(100),
  metric: z.enum(metricNames),
  app: z.string().min(1).max(100).nullable().default(null).describe("Id or key; null: every app"),
  type: z.string().min(1).max(100).nullable().default(null).describe("Id or key; null: every decision type"),
  window_minutes: z
    .int()
    .min(5, "at least 5 minutes")
    .max(129_600, "at most 90 days")
    .default(60)
    .describe("The figure is of the last so many minutes"),
  comparator: z.enum(comparators),
  warn_at: z.number().nullable().default(null).describe("In the metric's unit; null: it never warns"),
  alert_at: z.number().describe("In the metric's unit"),
  min_n: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(30)
    .describe("A share or a duration of fewer than this says nothing; counts and sums always do"),
  for_looks: z.int().min(1).max(20).default(2).describe("So many looks in a row, one a minute, must agree"),
  cooldown_minutes: z
    .int()
    .min(0)
    .max(10_080)
    .default(60)
    .describe("An alert that comes back within this long is the same incident, and nobody is told again"),
  hysteresis: z
    .number()
    .min(0)
    .default(0)
    .describe("How far back past a threshold the figure must be before it counts as over"),
  channels: z
    .array(z.string().min(1).max(64))
    .max(20)
    .default(["email"])
    .describe("`email`: people by their own preferences; and ids of Slack-compatible channels"),
  webhook_url: WebhookUrl.nullable()
    .default(null)
    .describe("Gets messages signed as Standard Webhooks says; null: none"),
  enabled: z.boolean().default(true),
};

type Limits = { comparator: "above" | "below"; warn_at: number | null; alert_at: number };
const isMilder = ({ comparator, warn_at, alert_at }: Limits) =>
  warn_at === null || (comparator === "above" ? warn_at < alert_at : warn_at > alert_at);
const milder = { path: ["warn_at"], error: "must come before the alert threshold" };

export const MonitorDraft = z.strictObject(fields).refine(isMilder, milder);
export type MonitorDraft = z.output<typeof MonitorDraft>;

const MonitorChange = z
  .strictObject({
    ...fields,
    version: z.int().min(1).describe("The version you read; a stale one answers 412 stale_version"),
  })
  .refine(isMilder, milder);
export const MonitorRef = z.object({ monitor: z.string().min(1).max(64).describe("Id of the monitor") });
export const ChangeMonitor = z.object({ monitor: MonitorRef.shape.monitor, draft: MonitorChange });
export type ChangeMonitor = z.output<typeof ChangeMonitor>;

export const MonitorView = z.object({
  ...fields,
  id: z.string(),
  object: z.literal("monitor"),
  app: Named.nullable(),
  type: Named.nullable(),
  webhook_url: z.string().nullable().describe("Its host alone for whoever may not change it"),
  unit: z.enum(metricUnits),
  state: z.enum(monitorStates),
  value: z.number().nullable(),
  n: z.int().nullable(),
  checked_at: z.string().nullable(),
  muted_until: z.string().nullable().describe("Nobody is told of it until then; null: not muted"),
  open_incident: z.string().nullable().describe("Id of the incident that is not over"),
  version: z.int(),
  created_at: z.string(),
});
export type MonitorView = z.output<typeof MonitorView>;

/** A monitor as it is when its webhook got a secret: shown this once. */
export const MonitorMade = MonitorView.extend({
  webhook_secret: z.string().nullable().describe("`whsec_…`, shown this once; null where none was made"),
});
export type MonitorMade = z.output<typeof MonitorMade>;

export const RotateSigningSecret = MonitorRef.extend({
  keep_previous: z
    .boolean()
    .default(true)
    .describe("Messages are signed with the secret before too, until the next change"),
});
export type RotateSigningSecret = z.output<typeof RotateSigningSecret>;

/** The longest silence, days. */
export const mostMutedDays = 30;
const MuteBody = z.strictObject({
  until: z.iso
    .datetime({ offset: true })
    .nullable()
    .describe(
      `Nobody is told of it until then, at most ${mostMutedDays} days from now; null: people are told again`,
    ),
  reason: z.string().trim().max(500).default(""),
});
export const MuteMonitor = MonitorRef.extend(MuteBody.shape);
export type MuteMonitor = z.output<typeof MuteMonitor>;

export const SeriesQuery = z.object({
  around: z.iso.datetime({ offset: true }).optional().describe("A moment in its middle; absent: up to now"),
});
export const ListMonitorSeries = MonitorRef.extend(SeriesQuery.shape);
export type ListMonitorSeries = z.output<typeof ListMonitorSeries>;
export const MonitorPoint = z.object({
  at: z.string().describe("End of the window"),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
});
export type MonitorPoint = z.output<typeof MonitorPoint>;

const about = { tag: "Monitors", security: "key", status: 200 } as const;
const unknown = { 404: "not_found" } as const;

export const listMonitorsEndpoint = endpoint({
  ...about,
  id: "listMonitors",
  method: "GET",
  path: "/api/v1/monitors",
  summary: "Figures that are watched, with where each stands",
  query: ListQuery,
  response: listOf(MonitorView),
});
export const createMonitorEndpoint = endpoint({
  ...about,
  id: "createMonitor",
  method: "POST",
  path: "/api/v1/monitors",
  summary: "Watch a figure",
  description: "Admins only. A look a minute; the secret of its webhook is in the answer, once.",
  body: MonitorDraft,
  response: MonitorMade,
  status: 201,
  problems: { ...unknown, 422: "validation_failed" },
});
export const getMonitorEndpoint = endpoint({
  ...about,
  id: "getMonitor",
  method: "GET",
  path: "/api/v1/monitors/{monitor}",
  summary: "A monitor",
  params: MonitorRef,
  response: MonitorView,
  problems: unknown,
});
export const changeMonitorEndpoint = endpoint({
  ...about,
  id: "changeMonitor",
  method: "PUT",
  path: "/api/v1/monitors/{monitor}",
  summary: "Change a monitor as a whole",
  description: "Admins only. Its looks begin anew; a first webhook's secret is in the answer, once.",
  params: MonitorRef,
  body: MonitorChange,
  response: MonitorMade,
  problems: { ...unknown, 412: "stale_version", 422: "validation_failed" },
});
export const archiveMonitorEndpoint = endpoint({
  ...about,
  id: "archiveMonitor",
  method: "DELETE",
  path: "/api/v1/monitors/{monitor}",
  summary: "Stop watching",
  description: "Admins only. Its open incident is resolved with it.",
  params: MonitorRef,
  response: MonitorView,
  problems: unknown,
});
export const rotateSigningSecretEndpoint = endpoint({
  ...about,
  id: "rotateSigningSecret",
  method: "POST",
  path: "/api/v1/monitors/{monitor}/webhook_secret",
  summary: "Make another secret for a monitor's webhook",
  description: "Admins only. It is shown once.",
  params: MonitorRef,
  body: RotateSigningSecret.pick({ keep_previous: true }),
  response: MonitorMade,
  problems: { ...unknown, 409: "conflict" },
});
export const muteMonitorEndpoint = endpoint({
  ...about,
  id: "muteMonitor",
  method: "PUT",
  path: "/api/v1/monitors/{monitor}/mute",
  summary: "Tell nobody of a monitor for a while",
  description:
    "Admins only. It is looked at all the same, and incidents open and end; of one that is not over when the silence ends, people are told then.",
  params: MonitorRef,
  body: MuteBody,
  response: MonitorView,
  problems: { ...unknown, 422: "validation_failed" },
});
export const listMonitorSeriesEndpoint = endpoint({
  ...about,
  id: "listMonitorSeries",
  method: "GET",
  path: "/api/v1/monitors/{monitor}/series",
  summary: "A monitor's figure over time",
  params: MonitorRef,
  query: SeriesQuery,
  response: listOf(MonitorPoint),
  problems: unknown,
});

export const monitorEndpoints = [
  listMonitorsEndpoint,
  createMonitorEndpoint,
  getMonitorEndpoint,
  changeMonitorEndpoint,
  archiveMonitorEndpoint,
  rotateSigningSecretEndpoint,
  muteMonitorEndpoint,
  listMonitorSeriesEndpoint,
] as const;
