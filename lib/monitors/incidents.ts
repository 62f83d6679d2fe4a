import { z } from "zod";
import { metricNames, metricUnits } from "@/lib/evaluations/metrics-catalogue";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { deliveryKinds, deliveryStatuses } from "@/lib/notices/schema";
import { comparators, incidentStatuses, monitorStates } from "./vocabulary";

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** What opened it: a monitor, or something the system did by itself. */
export const incidentCauses = ["monitor", "step_down", "breaker", "drift"] as const;
export type IncidentCause = (typeof incidentCauses)[number];

/** Something that was changed shortly before: a candidate, not a culprit. */
export const ChangeBefore = z.object({
  at: z.string(),
  what: z.string(),
  name: z.string(),
  href: z.string().nullable().describe("A path of the console"),
});
export type ChangeBefore = z.output<typeof ChangeBefore>;

export const timelineWords = ["opened", "again", "acknowledged", "resolved", "over"] as const;
const Moment = z.object({
  at: z.string(),
  did: z.enum(timelineWords),
  by: z.string().nullable().describe("A person's name; null: the system"),
  value: z.number().nullable(),
  note: z.string().nullable(),
});
export type Moment = z.output<typeof Moment>;

export const IncidentView = z.object({
  id: z.string(),
  object: z.literal("incident"),
  title: z.string(),
  cause: z.enum(incidentCauses),
  severity: z.enum(monitorStates),
  status: z.enum(incidentStatuses),
  monitor: z.object({ id: z.string(), name: z.string() }).nullable(),
  app: Named.nullable(),
  type: Named.nullable(),
  opened_at: z.string(),
  acknowledged_at: z.string().nullable(),
  resolved_at: z.string().nullable(),
  note: z.string().nullable(),
});
export type IncidentView = z.output<typeof IncidentView>;

/** How a figure stood when its incident opened. */
const Figure = z.object({
  metric: z.enum(metricNames),
  unit: z.enum(metricUnits),
  comparator: z.enum(comparators),
  alert_at: z.number(),
  value: z.number().nullable(),
  n: z.int(),
  window: z.object({ from: z.string(), to: z.string() }),
});

const Version = z.object({
  model: z.string().nullable(),
  prompt_version: z.string().nullable(),
  decisions: z.int(),
  first_at: z.string(),
});

const Told = z.object({
  kind: z.enum([...deliveryKinds, "bell"]),
  name: z.string(),
  status: z.enum([...deliveryStatuses, "read", "unread"]),
  error: z.string().nullable(),
  attempts: z.int().describe("How often it was tried"),
  next_at: z.string().nullable().describe("When it is tried again; null: it is not"),
  at: z.string(),
});

export const IncidentDetail = IncidentView.extend({
  why: z.string(),
  href: z.string().nullable().describe("Where what it is about is shown"),
  figure: Figure.nullable().describe("Null: no monitor opened it"),
  changes: z.array(ChangeBefore).describe("Changes of the day before it opened, newest first"),
  versions: z.array(Version).describe("Models and prompts of the newest decisions of its window"),
  affected: z.object({
    count: z.int(),
    is_more: z.boolean().describe("There are more; it was not counted further"),
    href: z.string(),
  }),
  timeline: z.array(Moment),
  told: z.array(Told).describe("Who was told, and whether it arrived"),
});
export type IncidentDetail = z.output<typeof IncidentDetail>;

export const IncidentFilter = ListQuery.extend({
  status: z
    .enum([...incidentStatuses, "live"])
    .optional()
    .describe("`live`: open or acknowledged"),
  monitor: z.string().max(64).optional(),
});
export type IncidentFilter = z.output<typeof IncidentFilter>;

export const IncidentRef = z.object({ incident: z.string().min(1).max(64) });
const Note = z.string().trim().max(2000);
const AcknowledgeBody = z.strictObject({ note: Note.default("") });
export const AcknowledgeIncident = IncidentRef.extend(AcknowledgeBody.shape);
export type AcknowledgeIncident = z.output<typeof AcknowledgeIncident>;
const ResolveBody = z.strictObject({ note: Note.min(1, "Say what it was") });
export const ResolveIncident = IncidentRef.extend(ResolveBody.shape);
export type ResolveIncident = z.output<typeof ResolveIncident>;

const about = { tag: "Monitors", security: "key", status: 200 } as const;
const unknown = { 404: "not_found" } as const;

export const listIncidentsEndpoint = endpoint({
  ...about,
  id: "listIncidents",
  method: "GET",
  path: "/api/v1/incidents",
  summary: "Incidents, newest first",
  query: IncidentFilter,
  response: listOf(IncidentView),
});
export const getIncidentEndpoint = endpoint({
  ...about,
  id: "getIncident",
  method: "GET",
  path: "/api/v1/incidents/{incident}",
  summary: "An incident with what came before it, whom it touched and who was told",
  params: IncidentRef,
  response: IncidentDetail,
  problems: unknown,
});
export const acknowledgeIncidentEndpoint = endpoint({
  ...about,
  id: "acknowledgeIncident",
  method: "POST",
  path: "/api/v1/incidents/{incident}/acknowledge",
  summary: "Say that somebody looks after it",
  description: "Needs a person: a reviewer or an admin.",
  params: IncidentRef,
  body: AcknowledgeBody,
  response: IncidentView,
  problems: { ...unknown, 409: "conflict" },
});
export const resolveIncidentEndpoint = endpoint({
  ...about,
  id: "resolveIncident",
  method: "POST",
  path: "/api/v1/incidents/{incident}/resolve",
  summary: "Say that it is over, and what it was",
  description:
    "Needs a person: a reviewer or an admin. A monitor that is still beyond its threshold opens another one after it was well.",
  params: IncidentRef,
  body: ResolveBody,
  response: IncidentView,
  problems: { ...unknown, 409: "conflict" },
});

export const incidentEndpoints = [
  listIncidentsEndpoint,
  getIncidentEndpoint,
  acknowledgeIncidentEndpoint,
  resolveIncidentEndpoint,
] as const;
