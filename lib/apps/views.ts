import { z } from "zod";
import { JsonSchema } from "@/lib/kernel/json-schema";
import { ActionConfig } from "./action-config";
import { ConnectorConfig } from "./connector-config";
import { RaiseView } from "./raises";
import {
  autonomyLevels,
  connectorClasses,
  connectorKinds,
  reversibilities,
  stopScopes,
  timeoutActions,
  Compensation,
  Segment,
} from "./schema";

const Moment = z.string();

/** A switch that stops automation: of everything, of one app, one decision type or one connector. */
export const StopView = z.object({
  object: z.literal("stop"),
  scope: z.enum(stopScopes),
  scope_id: z.string(),
  app_name: z.string().nullable().describe("The app's name, for the scope app"),
  name: z.string().nullable().describe("What is stopped; null for everything"),
  active: z.boolean(),
  reason: z.string().nullable(),
  changed_by: z.string().nullable(),
  changed_by_name: z.string().nullable(),
  changed_at: Moment.nullable(),
  version: z.int(),
});
export type StopView = z.output<typeof StopView>;

/** What a stop answers: the switch, and what was already under way when it fell. */
export const StopResult = StopView.extend({
  in_flight: z.object({
    count: z.int().describe("Executions and certification calls together"),
    execution_ids: z.array(z.string()).describe("At most 1,000; these may still reach their target"),
    certification_ids: z
      .array(z.string())
      .describe(
        "Certification runs with a call under way; it may still reach its target, and no other follows",
      ),
  }),
});
export type StopResult = z.output<typeof StopResult>;

export const AppView = z.object({
  id: z.string(),
  object: z.literal("app"),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  owner_id: z.string().nullable(),
  owner_name: z.string().nullable(),
  /** True while this app, or everything, is stopped. */
  paused: z.boolean(),
  stop: StopView.nullable().describe("The app's own switch while it is on"),
  autonomies: z.array(
    z.object({
      type: z.string(),
      type_name: z.string(),
      level: z.enum(autonomyLevels),
      threshold: z.number().nullable(),
    }),
  ),
  decisions_24h: z.int(),
  created_at: Moment,
  archived_at: Moment.nullable(),
});
export type AppView = z.output<typeof AppView>;

export const AutonomyView = z.object({
  object: z.literal("autonomy"),
  app_id: z.string(),
  app: z.string(),
  type_id: z.string(),
  type: z.string(),
  type_name: z.string(),
  level: z.enum(autonomyLevels),
  threshold: z.number().nullable(),
  decline_threshold: z.number().nullable(),
  audit_rate: z.number(),
  amount_cap: z.int().nullable(),
  currency: z.string(),
  sla_minutes: z.int(),
  on_timeout: z.enum(timeoutActions),
  contracts: z
    .array(z.object({ id: z.string(), predicted: z.enum(["positive", "negative"]) }))
    .describe("For these predictions contracts govern: level, threshold and audit rate above do not count"),
  raising_takes_two: z
    .boolean()
    .describe(
      "The type moves money or cannot be undone, or once did: letting more run alone takes two admins",
    ),
  proposal: RaiseView.nullable().describe("More autonomy that waits for a second admin"),
  version: z.int().describe("0 until somebody sets it; send it back with a change"),
  updated_by: z.string().nullable(),
  updated_at: Moment.nullable(),
});
export type AutonomyView = z.output<typeof AutonomyView>;

export const QueueView = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  lease_seconds: z.int(),
  undo_seconds: z.int(),
});
export type QueueView = z.output<typeof QueueView>;

export const DecisionTypeView = z.object({
  id: z.string(),
  object: z.literal("decision_type"),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  input_schema: JsonSchema,
  arguments_schema: JsonSchema,
  action: z
    .object({
      id: z.string(),
      key: z.string(),
      name: z.string(),
      connector_id: z.string(),
      connector: z.string(),
      class: z.enum(connectorClasses),
    })
    .nullable(),
  queue: QueueView,
  reversibility: z.enum(reversibilities),
  cost_wrong_yes: z.int(),
  cost_wrong_no: z.int(),
  currency: z.string(),
  amount_pointer: z.string().nullable(),
  currency_pointer: z.string().nullable(),
  summary_template: z.string(),
  decline_reasons: z.array(z.string()),
  approval_ttl_minutes: z.int(),
  compensation: Compensation.nullable(),
  segments: z.array(Segment),
  version: z.int(),
  created_at: Moment,
  updated_at: Moment,
  archived_at: Moment.nullable(),
});
export type DecisionTypeView = z.output<typeof DecisionTypeView>;

export const ConnectorActionView = z.object({
  id: z.string(),
  object: z.literal("connector_action"),
  key: z.string(),
  name: z.string(),
  config: ActionConfig,
  created_at: Moment,
});
export type ConnectorActionView = z.output<typeof ConnectorActionView>;

/** What making or changing an action answers: the action, and the connector's version from now on. */
export const ChangedAction = ConnectorActionView.extend({
  connector_id: z.string(),
  connector_version: z.int(),
});
export type ChangedAction = z.output<typeof ChangedAction>;

/** A connector as people see it: its secret is only ever said to exist. */
export const ConnectorView = z.object({
  id: z.string(),
  object: z.literal("connector"),
  key: z.string(),
  name: z.string(),
  kind: z.enum(connectorKinds),
  class: z.enum(connectorClasses),
  config: ConnectorConfig,
  has_secret: z.boolean(),
  actions: z.array(ConnectorActionView),
  version: z.int(),
  created_at: Moment,
  updated_at: Moment,
});
export type ConnectorView = z.output<typeof ConnectorView>;
