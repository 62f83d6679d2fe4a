import { z } from "zod";
import { predictions, truths } from "@/lib/decisions/schema";
import { routes } from "@/lib/decisions/routes";
import { Money } from "@/lib/kernel/money";
import { replayKinds, replayStatuses } from "./schema";

/** The most decisions one replay goes through. */
export const mostReplayed = 1_000_000;
/** Replays of one organisation that may be under way at once. */
export const mostReplaysAtOnce = 3;

const Bounds = z.object({ value: z.number(), lower: z.number(), upper: z.number() });
export type Bounds = z.output<typeof Bounds>;

const Side = z.object({
  alone: z.int().describe("Decisions that run alone: carried out, or ended without acting"),
  executed: z.int().describe("Of them, those carried out"),
  wrong: Bounds.nullable().describe(
    "Expected wrong among those about which something can be said, with its 95 % interval; null: about none",
  ),
  known: z.int().describe("Of them, ruled on by a person or with a known outcome: counted one by one"),
  judged: z.int().describe("Random audits that the estimate of the others rests on"),
  unknown: z.int().describe("Of them, those that nothing is known of: no audit, no ruling, no outcome"),
  band: z
    .object({ lower: z.number(), upper: z.number() })
    .describe("Wrong ones if none, and if all, of the unknown were wrong"),
});
export type Side = z.output<typeof Side>;

const Loss = Bounds.extend({ worst: z.number().describe("If all of the unknown were wrong") });

export const ReplayResult = z.object({
  decisions: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  weeks: z.number(),
  flow: z.array(z.object({ was: z.enum(routes), would: z.enum(routes), count: z.int() })),
  now: Side,
  draft: Side,
  loss: z
    .array(z.object({ currency: z.string(), now: Loss, draft: Loss }))
    .describe(
      "Minor units over the whole period, from what each type says a mistake costs; empty: none says",
    ),
  reviews: z.object({ was: z.int(), would: z.int() }),
  audits: z.object({ was: z.int(), would: z.int() }),
  hours: z.object({
    was: z.number().describe("Hours of review a week, at the median time a review takes"),
    would: z.number(),
    unmeasured: z.int().describe("Reviews more or fewer of types whose reviews nobody has timed yet"),
  }),
  flips: z.object({
    total: z.int().describe("Past decisions that did not act and would"),
    listed: z.int().describe("Of them, those that have to be opened: all, or 50 drawn at random"),
  }),
  unanswered: z.int().describe("Decisions the draft could not be asked about as it would have been then"),
  in_shadow: z.int(),
});
export type ReplayResult = z.output<typeof ReplayResult>;

const Share = z.number("a number from 0 to 1").min(0, "at least 0").max(1, "at most 1");

const Draft = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("threshold"),
    thresholds: z.partialRecord(z.enum(predictions), Share.nullable()),
    audit_rate: Share,
  }),
  z.object({
    kind: z.literal("policy"),
    version_id: z.string(),
    policy_id: z.string(),
    policy: z.string().describe("Name of the policy"),
    number: z.int(),
  }),
]);
export type ReplayDraft = z.output<typeof Draft>;

const Period = z.union([
  z.strictObject({ last: z.int().min(1).max(mostReplayed).describe("The latest so many decisions") }),
  z.strictObject({ days: z.int().min(1).max(730).describe("The decisions of the last so many days") }),
]);
export type ReplayPeriod = z.output<typeof Period>;

export const ReplayView = z.object({
  id: z.string(),
  object: z.literal("replay"),
  app: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }).nullable(),
  kind: z.enum(replayKinds),
  draft: Draft,
  period: Period,
  status: z.enum(replayStatuses),
  done: z.int().describe("Decisions gone through so far"),
  total: z.int().nullable().describe("Decisions there are; null until they are counted"),
  result: ReplayResult.nullable(),
  opened: z.int().describe("Of the flips that have to be opened, those that are"),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type ReplayView = z.output<typeof ReplayView>;

export const FlipView = z.object({
  object: z.literal("replay_flip"),
  decision_id: z.string(),
  summary: z.string(),
  type: z.string(),
  was: z.enum(routes),
  would: z.enum(routes),
  confidence: z.number().nullable(),
  amount: Money.nullable(),
  truth: z.enum(truths).nullable().describe("What turned out to be right, where anybody could say"),
  created_at: z.string(),
  opened_by: z.string().nullable(),
  opened_at: z.string().nullable(),
});
export type FlipView = z.output<typeof FlipView>;

const shared = {
  app: z.string().min(1).max(100).describe("Key or id of the app"),
  type: z.string().min(1).max(100).optional().describe("Key or id of a decision type; none: all of the app"),
  period: Period.default({ days: 30 }),
};

export const NewReplay = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("threshold"),
    ...shared,
    thresholds: z
      .partialRecord(z.enum(predictions), Share.nullable())
      .refine((value) => Object.keys(value).length > 0, "names positive, negative or both")
      .describe(
        "By what is predicted: from which confidence it would run alone; null: never; left out: as it was",
      ),
    audit_rate: Share.default(0.1),
  }),
  z.strictObject({
    kind: z.literal("policy"),
    ...shared,
    version: z.string().min(1).max(64).describe("Id of a policy's version, usually its draft"),
  }),
]);
export type NewReplay = z.output<typeof NewReplay>;
