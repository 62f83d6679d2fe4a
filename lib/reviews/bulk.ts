import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { Money } from "@/lib/kernel/money";
import { mostInBulk } from "./limits";

const Note = z.string().trim().min(1).max(5000);

/** One word for many: an edit is always of one. */
export const BulkRuling = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("approve"), note: Note.optional() }),
  z.strictObject({
    verdict: z.literal("decline"),
    reason_code: z.string().min(1).max(200).optional(),
    note: Note.optional(),
  }),
]);
export type BulkRuling = z.output<typeof BulkRuling>;

export const BulkVerdict = z.discriminatedUnion("step", [
  z.strictObject({
    step: z.literal("preview"),
    reviews: z.array(z.string().min(1).max(64)).min(1).max(mostInBulk),
    ruling: BulkRuling,
  }),
  z.strictObject({
    step: z.literal("apply"),
    token: z.string().min(1).max(40_000).describe("What the preview gave: of this person, for ten minutes"),
  }),
]);
export type BulkVerdict = z.output<typeof BulkVerdict>;

const Counted = z.object({ value: AnyJson, count: z.int() });

/** What is the same in all, and what is not, field by field. */
export const Differences = z.object({
  alike: z.array(z.object({ name: z.string(), value: AnyJson })),
  varying: z.array(
    z.object({
      name: z.string(),
      values: z.array(Counted).describe("The most frequent, at most 5"),
      others: z.int().describe("How many reviews have yet another value"),
      least: z.number().nullable().describe("The span, where all are numbers"),
      most: z.number().nullable(),
    }),
  ),
});
export type Differences = z.output<typeof Differences>;

export const BulkPreview = z.object({
  object: z.literal("bulk_preview"),
  token: z.string().nullable().describe("Send it to apply; null when every review is left out"),
  expires_at: z.string().nullable(),
  ruling: BulkRuling,
  count: z.int(),
  totals: z.array(Money).describe("What the included reviews would move, by currency"),
  included: z.array(z.object({ id: z.string(), summary: z.string() })),
  excluded: z.array(
    z.object({ id: z.string(), summary: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  differences: Differences,
});
export type BulkPreview = z.output<typeof BulkPreview>;

export const BulkResult = z.object({
  object: z.literal("bulk_result"),
  given: z.int(),
  refused: z.int(),
  effective_at: z
    .string()
    .nullable()
    .describe("When the first takes effect unless taken back; null when all took effect at once"),
  results: z.array(
    z.object({
      id: z.string(),
      ok: z.boolean(),
      code: z.string().nullable().describe("Why not, as a problem's code"),
      message: z.string().nullable(),
    }),
  ),
});
export type BulkResult = z.output<typeof BulkResult>;

export const bulkVerdictEndpoint = endpoint({
  tag: "Reviews",
  security: "key",
  status: 200,
  id: "bulkVerdict",
  method: "POST",
  path: "/api/v1/reviews/bulk_verdict",
  summary: "Rule on many reviews alike",
  description:
    "In two steps. The preview names what is included, left out and different, and gives a token of exactly these reviews as they are. Applying it rules on each by itself, as the verdict endpoint does: one record, one event, one answer each. What cannot be undone or is above its cap, needs several approvals, is blind or needs a longer look is never part of a bulk. Only a person can rule: an app's key is refused.",
  body: BulkVerdict,
  response: z.discriminatedUnion("object", [BulkPreview, BulkResult]),
  problems: {
    403: "The token is not yours",
    409: "A review changed since the preview; nothing was ruled on",
    410: "The token is older than ten minutes",
  },
});

/** The reviews of one gesture, taken back together. */
export const UnstageMany = z.strictObject({ reviewIds: z.array(z.string().max(64)).min(1).max(mostInBulk) });
