import { z } from "zod";
import { AnyJson } from "@/lib/kernel/json";
import { longestRule } from "./rule-length";
import { effects, versionStatuses } from "./schema";

const Key = z
  .string()
  .min(1, "Give it a key")
  .max(100)
  .regex(
    /^[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*$/,
    "lower-case words joined by dots or hyphens, such as refunds-large",
  );
const Name = z.string().trim().min(1, "Give it a name").max(100);
const Description = z.string().trim().max(1000);
const Position = z
  .int()
  .min(0)
  .max(10_000)
  .describe("Policies are asked in this order; the order never loosens");
const Version = z.int().min(1).describe("The version you read; a stale one answers 412 stale_version");
const IdOrKey = z.string().min(1).max(100);

/** A rule on the wire. */
export const RuleInput = z.strictObject({
  id: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9_]*$/, "lower-case words joined by underscores, such as over_150")
    .describe("Unique in the policy; reasons name it"),
  when: z.string().max(longestRule).describe("CEL over `decision` and `history`, true or false"),
  effect: z.enum(effects),
  share: z
    .number()
    .gt(0, "above 0")
    .max(1, "at most 1")
    .optional()
    .describe("sample: share sent to a person"),
  queue_id: z.string().max(64).optional().describe("route_to: the queue's id"),
  message: z.string().trim().max(300).optional().describe("What the reviewer reads; absent: the rule's id"),
});
export type RuleInput = z.output<typeof RuleInput>;

export const FixtureInput = z.strictObject({
  name: z.string().trim().min(1, "Give it a name").max(100),
  decision: z
    .record(z.string().max(100), AnyJson)
    .describe(
      'Facts by name; `history` holds answers by what is asked, such as {"count 24h": 6}, 0 where it says nothing',
    ),
  expect: z.strictObject({
    effect: z.enum(effects).nullable().describe("The most restrictive that must hold; null: no rule may"),
    rule: z.string().max(60).optional().describe("A rule that must be among those that hold"),
  }),
});
export type FixtureInput = z.output<typeof FixtureInput>;

const Rules = z
  .array(RuleInput)
  .max(50, "at most 50 rules")
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    error: "Two rules have the same id",
  });
const Fixtures = z.array(FixtureInput).max(100, "at most 100 fixtures");
const Note = z.string().trim().max(500);

export const CreatePolicy = z.strictObject({
  name: Name,
  key: Key.optional().describe("Absent: made from the name"),
  description: Description.default(""),
  app: IdOrKey.nullable().default(null).describe("Id or key of the app it is for; null: every app"),
  position: Position.default(0),
  rules: Rules.default([]),
  fixtures: Fixtures.default([]),
  note: Note.default(""),
});
export type CreatePolicy = z.output<typeof CreatePolicy>;

export const PolicyRef = z.object({ policy: IdOrKey.describe("Id or key of the policy") });
export type PolicyRef = z.output<typeof PolicyRef>;

export const PolicyPatch = z.strictObject({
  name: Name.optional(),
  description: Description.optional(),
  position: Position.optional(),
  archived: z.literal(true).optional().describe("Only once nothing of it is in force"),
  version: Version,
});
export const ChangePolicy = PolicyRef.extend(PolicyPatch.shape);
export type ChangePolicy = z.output<typeof ChangePolicy>;

export const DraftInput = z.strictObject({
  rules: Rules,
  fixtures: Fixtures,
  note: Note.default(""),
  version: Version,
});
export const SaveDraft = PolicyRef.extend(DraftInput.shape);
export type SaveDraft = z.output<typeof SaveDraft>;

export const StepInput = z.strictObject({ version: Version });
export const PolicyStep = PolicyRef.extend(StepInput.shape);
export type PolicyStep = z.output<typeof PolicyStep>;

export const RollBackInput = z.strictObject({
  number: z.int().min(1).describe("The version whose rules come back, as a new draft"),
  version: Version,
});
export const RollBack = PolicyRef.extend(RollBackInput.shape);
export type RollBack = z.output<typeof RollBack>;

export const CheckRules = z.strictObject({ rules: Rules, fixtures: Fixtures.default([]) });
export type CheckRules = z.output<typeof CheckRules>;

export const PolicyFilter = z.object({
  app: IdOrKey.optional().describe("Id or key of an app: its own and those for every app"),
});
export type PolicyFilter = z.output<typeof PolicyFilter>;

export const RuleProblemView = z.object({
  rule: z.string(),
  message: z.string(),
  fix: z.string().nullable(),
  line: z.int(),
  column: z.int(),
  start: z.int(),
  end: z.int(),
});
export type RuleProblemView = z.output<typeof RuleProblemView>;

export const FixtureResult = z.object({
  name: z.string(),
  pass: z.boolean(),
  effect: z.enum(effects).nullable().describe("The most restrictive that held"),
  rules: z.array(z.string()).describe("Rules that held"),
  failed: z.array(z.string()).describe("Rules that could not be evaluated: such a decision goes to a person"),
});
export type FixtureResult = z.output<typeof FixtureResult>;

export const PolicyCheck = z.object({
  object: z.literal("policy_check"),
  problems: z.array(RuleProblemView),
  fixtures: z.array(FixtureResult),
});
export type PolicyCheck = z.output<typeof PolicyCheck>;

const Person = z.object({ id: z.string(), name: z.string() });
const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

export const PolicyVersionView = z.object({
  id: z.string(),
  object: z.literal("policy_version"),
  policy_id: z.string(),
  number: z.int(),
  status: z.enum(versionStatuses),
  rules: z.array(RuleInput),
  fixtures: z.array(FixtureInput),
  note: z.string(),
  edited_by: Person,
  edited_at: z.string(),
  shadowed_at: z.string().nullable(),
  published_by: Person.nullable(),
  published_at: z.string().nullable(),
  retired_at: z.string().nullable(),
  shadow: z
    .object({ asked: z.int(), diverged: z.int(), failed: z.int() })
    .describe("In shadow: decisions it was asked about, would have routed otherwise, could not evaluate"),
});
export type PolicyVersionView = z.output<typeof PolicyVersionView>;

const warnings = ["never_fires", "always_fires", "fails"] as const;

export const RuleFigures = z.object({
  rule: z.string(),
  asked: z.int(),
  hits: z.int(),
  failed: z.int(),
  warning: z.enum(warnings).nullable(),
});
export type RuleFigures = z.output<typeof RuleFigures>;

export const PolicyView = z.object({
  id: z.string(),
  object: z.literal("policy"),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  app: Named.nullable().describe("Null: every app"),
  position: z.int(),
  version: z.int(),
  published: PolicyVersionView.nullable(),
  open: PolicyVersionView.nullable().describe("The draft, or the version in shadow"),
  figures: z.array(RuleFigures).describe("Of the published version, or of the shadow: seven UTC days"),
  created_by: Person,
  created_at: z.string(),
  archived_at: z.string().nullable(),
});
export type PolicyView = z.output<typeof PolicyView>;

export const PolicyDivergence = z.object({
  id: z.string(),
  object: z.literal("policy_divergence"),
  decision_id: z.string(),
  summary: z.string(),
  rule: z.string().nullable(),
  was: z.string().describe("The route it took; review_by_two: two reviewers"),
  would: z.string().describe("The route it would have taken"),
  created_at: z.string(),
});
export type PolicyDivergence = z.output<typeof PolicyDivergence>;
