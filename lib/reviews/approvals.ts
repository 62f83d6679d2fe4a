import { z } from "zod";
import { verdicts } from "@/lib/kernel/statuses";

const Person = z.object({ id: z.string(), name: z.string() });

/** One word of a person on a decision that needs several. */
export const ApprovalWord = z.object({
  by: Person,
  on_behalf_of: Person.nullable().describe("In whose place, by a delegation"),
  stage: z.int(),
  verdict: z.enum(verdicts),
  at: z.string(),
  break_glass: z.string().nullable().describe("Why it was approved without the others"),
  voided_at: z
    .string()
    .nullable()
    .describe("Since when it counts no more: what is to be approved was changed"),
});
export type ApprovalWord = z.output<typeof ApprovalWord>;

/** Who approved, and under which rule. */
export const ApprovalChain = z.object({
  rule: z.object({ id: z.string(), version: z.int(), name: z.string() }).nullable(),
  stages: z.array(
    z.object({
      name: z.string(),
      minimum: z.int(),
      skills: z.array(z.string()),
      members: z.array(Person),
      excluded: z.array(Person).describe("Whose approval it never takes"),
      given: z.int(),
    }),
  ),
  given: z.array(ApprovalWord),
});
export type ApprovalChain = z.output<typeof ApprovalChain>;

/** The same for one review, with what stands between the person who asks and their approval. */
export const ApprovalState = ApprovalChain.extend({
  stage: z.int().describe("The stage that is open"),
  missing: z.int().describe("Approvals still needed in all; 0 where one of any reviewer is enough"),
  refusal: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe("Why you may not approve it, and whom to ask"),
  may_break_glass: z.boolean().describe("You lead its queue, and nothing else stands against your approval"),
});
export type ApprovalState = z.output<typeof ApprovalState>;
