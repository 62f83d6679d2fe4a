import { z } from "zod";
import { JsonSchema } from "@/lib/kernel/json-schema";
import { ListQuery } from "@/lib/kernel/list";
import { ActionConfig } from "./action-config";
import { ConnectorConfig } from "./connector-config";
import {
  autonomyLevels,
  connectorClasses,
  connectorKinds,
  Pointer,
  reversibilities,
  stopScopes,
  timeoutActions,
  Compensation,
  Segment,
} from "./schema";

const Key = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/, "lower-case words joined by hyphens, such as refund-desk");
const TypeKey = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*$/, "lower-case words joined by dots, such as refund.issue");
const Name = z.string().trim().min(1, "Give it a name").max(100);
const Description = z.string().trim().max(1000);
const IdOrKey = z.string().min(1).max(100);
export const Reason = z.string().trim().min(1, "Say why; it is kept in the journal").max(1000);
/** The version that was read; a change based on an older one is refused. */
const Version = z.int().min(0).describe("The version you read; a stale one answers 412 stale_version");

export const CreateApp = z.strictObject({
  key: Key,
  name: Name,
  description: Description.default(""),
  owner_id: z.string().max(64).nullable().default(null),
});
export type CreateApp = z.output<typeof CreateApp>;

export const AppPatch = z.strictObject({
  name: Name.optional(),
  description: Description.optional(),
  owner_id: z.string().max(64).nullable().optional(),
  archived: z.boolean().optional(),
});
export const AppRef = z.object({ app: IdOrKey.describe("Id or key of the app") });
export const UpdateApp = AppRef.extend(AppPatch.shape);
export type UpdateApp = z.output<typeof UpdateApp>;

export const AutonomyRef = AppRef.extend({ type: IdOrKey.describe("Id or key of the decision type") });
const Share = z.number("a number from 0 to 1").min(0, "from 0 to 1").max(1, "from 0 to 1");
export const AutonomyBody = z
  .strictObject({
    level: z.enum(autonomyLevels),
    threshold: Share.nullable().default(null).describe("Proposals to act run alone from this confidence"),
    decline_threshold: Share.nullable()
      .default(null)
      .describe("Proposals not to act stand alone from this confidence"),
    audit_rate: Share.describe("Share of what ran alone that a person re-judges"),
    amount_cap: z
      .int("a whole number of minor units")
      .min(0)
      .nullable()
      .default(null)
      .describe("Above this amount a person always decides; minor units of the type's currency"),
    sla_minutes: z.int().min(1).max(525_600),
    on_timeout: z.enum(timeoutActions).describe("Time never approves"),
    version: Version,
  })
  .refine((body) => body.level !== "auto" || body.threshold !== null, {
    path: ["threshold"],
    error: "The level auto needs a threshold; use 1 to let nothing but certainty through",
  });
export type AutonomyBody = z.output<typeof AutonomyBody>;
/** How far an app may act alone with one decision type, replaced as a whole. */
export const SetAutonomy = AutonomyRef.extend({ autonomy: AutonomyBody });
export type SetAutonomy = z.output<typeof SetAutonomy>;

const QueueTimes = z.strictObject({
  lease_seconds: z.int().min(30).max(86_400).optional().describe("How long a claimed review is held"),
  undo_seconds: z
    .int()
    .min(0)
    .max(30)
    .optional()
    .describe("How long a verdict can be taken back before it takes effect"),
});
const SummaryTemplate = z
  .string()
  .max(500)
  .regex(/^(?:[^{}]|\{amount\}|\{\/[^{}]+\})*$/, "text with {amount} or {/pointer} in it");
const Minor = z.int("a whole number of minor units").min(0).max(Number.MAX_SAFE_INTEGER);
const DeclineReasons = z.array(z.string().trim().min(1).max(100)).max(9, "at most nine: one digit each");

const ApprovalTtl = z
  .int("whole minutes")
  .min(1)
  .max(43_200)
  .describe("How long an approval may wait to be carried out, minutes; then a person is asked again");

const Segments = z
  .array(Segment)
  .max(8, "at most eight")
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "each key once")
  .describe("By what its decisions are told apart when errors are compared: none fares worse unseen");

const typeFields = {
  name: Name,
  description: Description,
  input_schema: JsonSchema,
  arguments_schema: JsonSchema,
  action_id: z.string().max(64).nullable().describe("Null: an approval only records the ruling"),
  queue: QueueTimes,
  reversibility: z.enum(reversibilities),
  cost_wrong_yes: Minor,
  cost_wrong_no: Minor,
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR"),
  amount_pointer: Pointer.min(1).nullable(),
  currency_pointer: Pointer.min(1).nullable(),
  summary_template: SummaryTemplate,
  decline_reasons: DeclineReasons,
  approval_ttl_minutes: ApprovalTtl,
  compensation: Compensation.nullable().describe("How what this type did is undone; null: not from here"),
  segments: Segments,
};

export const CreateDecisionType = z.strictObject({
  ...typeFields,
  key: TypeKey,
  description: Description.default(""),
  input_schema: JsonSchema.default({}),
  arguments_schema: JsonSchema.default({}),
  action_id: typeFields.action_id.default(null),
  queue: QueueTimes.default({}),
  queue_id: z.string().max(64).optional().describe("An existing queue; by default the type gets its own"),
  cost_wrong_yes: Minor.default(0),
  cost_wrong_no: Minor.default(0),
  currency: typeFields.currency.default("EUR"),
  amount_pointer: typeFields.amount_pointer.default(null),
  currency_pointer: typeFields.currency_pointer.default(null),
  summary_template: SummaryTemplate.default(""),
  decline_reasons: DeclineReasons.default([]),
  approval_ttl_minutes: ApprovalTtl.default(1440),
  compensation: typeFields.compensation.default(null),
  segments: Segments.default([]),
});
export type CreateDecisionType = z.output<typeof CreateDecisionType>;

export const TypeRef = z.object({ type: IdOrKey.describe("Id or key of the decision type") });
export const DecisionTypePatch = z
  .strictObject(typeFields)
  .partial()
  .extend({ archived: z.boolean().optional(), version: Version });
export const UpdateDecisionType = TypeRef.extend(DecisionTypePatch.shape);
export type UpdateDecisionType = z.output<typeof UpdateDecisionType>;

const Secret = z
  .string()
  .min(1)
  .max(4000)
  .regex(/^[\x20-\x7e]*$/, "printable ASCII")
  .describe("Write-only: a bearer token, or user:password for basic");
export const CreateConnector = z.strictObject({
  key: Key,
  name: Name,
  kind: z.enum(connectorKinds).optional().describe("May be left out: the configuration says it"),
  class: z.enum(connectorClasses),
  config: ConnectorConfig,
  secret: Secret.nullable().default(null),
});
export type CreateConnector = z.output<typeof CreateConnector>;

export const ConnectorRef = z.object({ connector: IdOrKey.describe("Id or key of the connector") });
export const ConnectorPatch = z.strictObject({
  name: Name.optional(),
  class: z.enum(connectorClasses).optional(),
  config: ConnectorConfig.optional(),
  secret: Secret.nullable().optional().describe("Absent keeps it, null removes it"),
  version: Version,
});
export const UpdateConnector = ConnectorRef.extend(ConnectorPatch.shape);
export type UpdateConnector = z.output<typeof UpdateConnector>;

export const ActionBody = z.strictObject({ key: Key, name: Name, config: ActionConfig });
export const CreateConnectorAction = ConnectorRef.extend(ActionBody.shape);
export type CreateConnectorAction = z.output<typeof CreateConnectorAction>;

export const ActionRef = ConnectorRef.extend({ action: IdOrKey.describe("Id or key of the action") });
export const ActionPatch = z.strictObject({
  name: Name.optional(),
  config: ActionConfig.optional(),
  version: Version.describe("The connector's version"),
});
export const UpdateConnectorAction = ActionRef.extend(ActionPatch.shape);
export type UpdateConnectorAction = z.output<typeof UpdateConnectorAction>;

export const StopInput = z.strictObject({
  scope: z.enum(stopScopes),
  scope_id: IdOrKey.optional().describe(
    "Id or key of the app, decision type or connector; not for the scope global",
  ),
  reason: Reason,
});
export type StopInput = z.output<typeof StopInput>;
export const PauseBody = z.strictObject({ reason: Reason });

export const StopFilter = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(100),
  starting_after: z.string().max(64).optional().describe("The scope_id of the last stop you saw"),
  scope: z.enum(stopScopes).optional(),
  active: z.stringbool().optional(),
});
export type StopFilter = z.output<typeof StopFilter>;

export const ListFilter = ListQuery.extend({ archived: z.stringbool().default(false) });
export type ListFilter = z.output<typeof ListFilter>;
