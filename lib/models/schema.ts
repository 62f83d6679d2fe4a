import { z } from "zod";

/** What a model may say of a message; spam is the positive answer: quarantine it. */
export const mailLabels = ["spam", "ham"] as const;
export type MailLabel = (typeof mailLabels)[number];

/** The answer asked of any model. The range of `confidence` is checked after the call, so that a wrong one can be told. */
export const MailAnswer = z.object({
  label: z.enum(mailLabels).describe("spam: quarantine it; ham: deliver it"),
  confidence: z.number().describe("probability that the label is right, from 0 to 1"),
  rationale: z.string().describe("one sentence: what in the message told"),
});
export type MailAnswer = z.output<typeof MailAnswer>;

/** What the model is shown of a message. */
export const MailMessage = z.object({ from: z.string(), subject: z.string(), text: z.string() });
export type MailMessage = z.output<typeof MailMessage>;
