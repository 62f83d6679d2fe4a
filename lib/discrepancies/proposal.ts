import { z } from "zod";
import type { EvidenceSource, EvidenceSpan } from "@/lib/feedback/evidence";
import { evidenceParts } from "@/lib/feedback/evidence";
import type { JsonObject } from "@/lib/kernel/json";
import { causes, type Cause } from "@/lib/kernel/statuses";
import { standing } from "./quotes";

/**
 * What the LLM auditor makes of a discrepancy. `by`: the model's key, or `rules` where no model was asked. Without a
 * quote that stands in the decision it is unusable, and no cause is proposed; `dropped` counts the quotes that do not.
 */
export type Proposal = {
  by: string;
  usable: boolean;
  cause: Cause;
  confidence: number;
  why: string;
  evidence: EvidenceSpan[];
  dropped: number;
  runId: string | null;
  at: string;
};

/** What a model is asked to answer with; the schema it is given stands in {@link answerSchema}. */
export const AuditorAnswer = z.object({
  cause: z.enum(causes),
  evidence: z
    .array(
      z.object({ part: z.enum(evidenceParts), pointer: z.string().max(500), quote: z.string().max(5000) }),
    )
    .max(20),
  why: z.string().min(1).max(4000),
  confidence: z.number().min(0).max(1),
});
export type AuditorAnswer = z.output<typeof AuditorAnswer>;

export const answerSchema: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["cause", "evidence", "why", "confidence"],
  properties: {
    cause: { type: "string", enum: [...causes] },
    evidence: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["part", "pointer", "quote"],
        properties: {
          part: { type: "string", enum: [...evidenceParts] },
          pointer: { type: "string", description: "RFC 6901 pointer into the part, as the case names it" },
          quote: { type: "string", description: "Words copied letter by letter from that place" },
        },
      },
    },
    why: { type: "string", description: "Two sentences at most" },
    confidence: { type: "number", minimum: 0, maximum: 1 },
  },
};

/** The answer with only those quotes that stand in the decision, letter by letter; with none left it is unusable. */
export function checkedProposal(
  answer: AuditorAnswer,
  evidence: EvidenceSource,
  from: Pick<Proposal, "by" | "runId" | "at">,
): Proposal {
  const spans = answer.evidence.flatMap((quote) => standing(evidence, quote) ?? []);
  return {
    ...from,
    usable: spans.length > 0,
    cause: answer.cause,
    confidence: answer.confidence,
    why: answer.why,
    evidence: spans,
    dropped: answer.evidence.length - spans.length,
  };
}
