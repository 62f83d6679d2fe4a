import { z } from "zod";
import { queueOrders, timeoutActions } from "@/lib/apps/schema";
import { ListQuery } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { verdicts } from "@/lib/kernel/statuses";
import { longestRule } from "@/lib/policies/rule-length";
import { severities } from "./schema";

const Key = z
  .string()
  .min(1, "Give it a key")
  .max(100)
  .regex(
    /^[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*$/,
    "lower-case words joined by dots or hyphens, such as refunds-large",
  );
const Name = z.string().trim().min(1, "Give it a name").max(100);
const IdOrKey = z.string().min(1).max(100);
const Minutes = z.int("whole minutes").min(1, "at least one minute").max(525_600, "at most a year");
export const Skill = z.string().trim().toLowerCase().min(1).max(60);
const Share = z.number("a number from 0 to 1").min(0, "from 0 to 1").max(1, "from 0 to 1");

const distinct = { error: "each only once" };
const isDistinct = (values: readonly string[]) => new Set(values).size === values.length;

/** What an admin sets of a queue. */
export const queueFields = {
  name: Name,
  description: z.string().trim().max(1000),
  rule: z
    .string()
    .trim()
    .min(1, "Write a rule, or null for none")
    .max(longestRule)
    .nullable()
    .describe(
      "A CEL expression over `decision`: what is true for it comes here. Null: only its types' reviews",
    ),
  position: z
    .int()
    .min(0)
    .max(10_000)
    .describe("Rules are asked from the lowest; the first that is true wins"),
  order: z
    .enum(queueOrders)
    .describe(
      "sla: due first; expected_loss: most expected loss avoided per minute of a person's time, by how long people take for reviews of its type, amounts of other currencies compared as they are, in minor units; oldest: what waits longest",
    ),
  lease_seconds: z
    .int()
    .min(30, "at least 30")
    .max(86_400, "at most a day")
    .describe("How long a claimed review is held"),
  undo_seconds: z
    .int()
    .min(0)
    .max(30, "at most 30")
    .describe("How long a verdict given on screen can be taken back before it takes effect"),
  sla_minutes: z
    .strictObject({ low: Minutes.optional(), medium: Minutes.optional(), high: Minutes.optional() })
    .describe("Minutes until a review is due, by severity; what is absent follows the autonomy"),
  on_timeout: z
    .enum(timeoutActions, "decline, escalate or hold: time never approves")
    .nullable()
    .describe("In place of the autonomy's; null follows it. Time never approves"),
  escalate_to: IdOrKey.nullable().describe(
    "Key or id of the queue that takes what is escalated; null: it stays, due anew",
  ),
  verdicts: z
    .array(z.enum(verdicts))
    .min(1, "at least one")
    .refine(isDistinct, distinct)
    .refine((given) => given.includes("decline"), "People can always say no: decline belongs to it")
    .nullable()
    .describe("Null: all of them"),
  decline_reasons: z
    .array(z.string().trim().min(1).max(100))
    .min(1, "at least one, or null for the type's own")
    .max(9, "at most nine: one digit each")
    .refine(isDistinct, distinct)
    .nullable()
    .describe("In place of the type's; null follows it"),
  load_cap: z
    .int()
    .min(1, "at least one")
    .max(1000)
    .nullable()
    .describe("Reviews one person may hold at once; null: no limit"),
  auto_assign: z.boolean().describe("Open reviews are shared out among the members who are there, by load"),
  skills: z
    .array(Skill)
    .max(10)
    .refine(isDistinct, distinct)
    .describe("Whoever works here needs all of these"),
  blind_rate: Share.describe("Share of reviews whose model's side is hidden until the reviewer has answered"),
  gold_rate: Share.describe("Share of known answers mixed in"),
  double_rate: Share.describe("Share of reviews that a second person answers, blind"),
  dwell_seconds: z.int().min(0).max(600).describe("Above dwell_amount a verdict needs this long a look"),
  dwell_amount: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .describe("Minor units; null: every review asks for it"),
  hours_per_day: z
    .number()
    .min(0.25)
    .max(24)
    .describe("How long one member reviews on a day, for the attention budget"),
};

const defaults = {
  description: "",
  rule: null,
  position: 0,
  order: "sla" as const,
  lease_seconds: 900,
  undo_seconds: 5,
  sla_minutes: {},
  on_timeout: null,
  escalate_to: null,
  verdicts: null,
  decline_reasons: null,
  load_cap: null,
  auto_assign: false,
  skills: [],
  blind_rate: 0,
  gold_rate: 0,
  double_rate: 0,
  dwell_seconds: 0,
  dwell_amount: null,
  hours_per_day: 6,
};

export const CreateQueue = z
  .strictObject({ key: Key, ...queueFields })
  .partial()
  .required({ key: true, name: true })
  .transform((given) => ({ ...defaults, ...given }));
export type CreateQueue = z.output<typeof CreateQueue>;

export const QueueRef = z.object({ queue: IdOrKey.describe("Key or id of the queue") });
export const QueuePatch = z
  .strictObject(queueFields)
  .partial()
  .extend({
    archived: z.boolean().optional().describe("An archived queue takes nothing and its rule is not asked"),
    version: z.int().min(0).describe("The version you read; a stale one answers 412 stale_version"),
  });
export const UpdateQueue = QueueRef.extend(QueuePatch.shape);
export type UpdateQueue = z.output<typeof UpdateQueue>;

export const QueueFilter = ListQuery.extend({
  archived: z.stringbool().default(false).describe("Archived ones too"),
});
export type QueueFilter = z.output<typeof QueueFilter>;

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** A queue as the API shows it. */
export const QueueView = z.object({
  id: z.string(),
  object: z.literal("queue"),
  key: z.string(),
  ...queueFields,
  escalate_to: Named.nullable(),
  types: z.array(Named).describe("Decision types whose reviews come here when no rule takes them"),
  members: z.int().describe("How many people work here; 0: everybody does"),
  open: z.int().describe("Reviews that wait, at most 1,000 counted"),
  overdue: z.int().describe("Of them past due"),
  yours: z.boolean().describe("You may be given its reviews"),
  leads: z.boolean().describe("You lead it"),
  version: z.int(),
  created_at: z.string(),
  archived_at: z.string().nullable(),
});
export type QueueView = z.output<typeof QueueView>;

export const QueueMember = z.object({
  id: z.string(),
  object: z.literal("queue_member"),
  name: z.string(),
  email: z.string(),
  lead: z.boolean(),
  skills: z.array(z.string()),
  lacks: z.array(z.string()).describe("Skills of the queue that they do not have: they are given nothing"),
  away_until: z.string().nullable(),
  held: z.int().describe("Reviews of this queue they hold now"),
  assigned: z.int().describe("Open reviews of this queue kept for them"),
});
export type QueueMember = z.output<typeof QueueMember>;

export const SetMembers = z.strictObject({
  members: z
    .array(
      z.strictObject({ id: z.string().max(64).describe("Id of a person"), lead: z.boolean().default(false) }),
    )
    .max(500)
    .refine((members) => isDistinct(members.map(({ id }) => id)), distinct)
    .describe("All of them; an empty list makes the queue everybody's"),
});
export const SetQueueMembers = QueueRef.extend(SetMembers.shape);
export type SetQueueMembers = z.output<typeof SetQueueMembers>;

/** How a queue fares: what waits, how old it is, what it took in and gave out in the last 24 hours. */
export const QueueStats = z.object({
  object: z.literal("queue_stats"),
  queue: z.string(),
  open: z.int(),
  held: z.int().describe("Of them held by somebody now"),
  snoozed: z.int(),
  overdue: z.int(),
  warned: z.int().describe("Half of their time is gone"),
  by_severity: z.record(z.enum([...severities, "unknown"]), z.int()),
  oldest_at: z.string().nullable(),
  next_due_at: z.string().nullable(),
  expected_loss: z
    .array(Money)
    .nullable()
    .describe("Of all that waits, a sum for each currency of its types; null: it is not kept here"),
  opened_24h: z.int(),
  resolved_24h: z.int(),
  expired_24h: z.int(),
  median_wait_seconds: z
    .number()
    .nullable()
    .describe("From opening to verdict, of what was resolved in 24 hours"),
});
export type QueueStats = z.output<typeof QueueStats>;

export const TryRule = z.strictObject({
  rule: z.string().trim().min(1, "Write a rule").max(longestRule),
  queue: IdOrKey.optional().describe("The queue it is for: rules asked before it take theirs first"),
  position: z.int().min(0).max(10_000).optional(),
});
export type TryRule = z.output<typeof TryRule>;

/** A rule held against the latest decisions that people were asked about. */
export const RuleTrial = z.object({
  object: z.literal("rule_trial"),
  problem: z
    .object({
      message: z.string(),
      fix: z.string().nullable(),
      start: z.int().describe("Characters from the rule's start"),
      end: z.int(),
      line: z.int(),
      column: z.int(),
    })
    .nullable()
    .describe("What is wrong with the rule; null: it can be used"),
  of: z.int().describe("Decisions it was held against: at most the latest 500"),
  holds: z.int().describe("For how many it is true"),
  takes: z.int().describe("For how many it is the first that is true"),
  fails: z.int().describe("For how many it cannot be evaluated; they go on to the next rule"),
  failure: z.string().nullable().describe("Why, for the latest of these"),
  examples: z
    .array(z.object({ decision_id: z.string(), summary: z.string() }))
    .describe("Some that it would take"),
});
export type RuleTrial = z.output<typeof RuleTrial>;
