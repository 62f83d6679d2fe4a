import { z } from "zod";
import { queueOrders } from "@/lib/apps/schema";
import { endpoint } from "@/lib/kernel/endpoint";

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });
const Range = z.object({ value: z.number(), lower: z.number(), upper: z.number() });

/** One queue's arithmetic of attention. Hours of a person who works in several queues are split evenly among them. */
export const QueueAttention = z.object({
  queue: Named,
  order: z.enum(queueOrders),
  arrivals_per_hour: z
    .number()
    .nullable()
    .describe("Expected: an average of the last 7 days' hours, the newest most"),
  arrivals_per_day: z.number().nullable(),
  handling: z.object({
    n: z.int(),
    median_seconds: z.number().nullable(),
    p75_seconds: z.number().nullable(),
    mean_seconds: z.number().nullable().describe("Looks longer than the lease count as the lease"),
  }),
  waiting: z.int(),
  people: z.int().describe("Members who are not away; all reviewers where the queue has no members"),
  hours_per_day: z.number().describe("Hours of review they have for this queue in a day"),
  handled_per_day: z.number().nullable(),
  utilisation: z.number().nullable().describe("Above 1 the queue grows for ever"),
  days_to_clear: z.number().nullable().describe("Null: never, at this pace"),
  late: z
    .object({ count: z.int(), of: z.int() })
    .nullable()
    .describe("Of what waits, how many will be past due"),
  marginal: z
    .object({
      review_id: z.string(),
      place: z.int(),
      summary: z.string(),
      due_at: z.string(),
      expected_loss: z
        .number()
        .nullable()
        .describe("Minor units of its type's currency; null: its queue does not order by it"),
      loss_per_minute: z.number().nullable().describe("Of a person's time: what such a queue is ordered by"),
      is_last_waiting: z.boolean().describe("All that waits is reached today"),
    })
    .nullable()
    .describe("The last review that a day's hours reach, in the queue's order"),
});
export type QueueAttention = z.output<typeof QueueAttention>;

export const ThresholdAttention = z.object({
  app: Named,
  type: Named,
  threshold: z.number(),
  handling_seconds: z.number().nullable(),
  decisions_per_day: z.number().describe("Proposals to act, in the days looked at"),
  error_above: Range.extend({ n: z.int() })
    .nullable()
    .describe("Wrong among those just above the threshold; null: too few labels"),
  error_below: Range.extend({ n: z.int() }).nullable(),
  changes: z.array(
    z.object({
      by: z.number(),
      reviews_per_day: z.number(),
      minutes_per_day: z.number().nullable(),
      wrong_per_week: Range.nullable().describe("Below 0: prevented; null: not enough labels"),
    }),
  ),
});
export type ThresholdAttention = z.output<typeof ThresholdAttention>;

export const Attention = z.object({
  object: z.literal("attention"),
  at: z.string(),
  queues: z.array(QueueAttention),
  thresholds: z.array(ThresholdAttention),
  hours_by_app: z.array(
    z.object({ app: Named, reviews: z.int(), hours_7d: z.number(), hours_30d: z.number() }),
  ),
  looked_at: z.string(),
});
export type Attention = z.output<typeof Attention>;

export const attentionEndpoint = endpoint({
  id: "getAttention",
  method: "GET",
  path: "/api/v1/attention",
  tag: "Metrics",
  security: "key",
  status: 200,
  summary: "Arrivals and handling time against the hours people have, and what another threshold would cost",
  description: "For people. Nothing in it is about one person.",
  response: Attention,
});
