import { z } from "zod";
import { decisionRefFields, isOneRef, isWindowOfSubject, oneRefIssue, windowIssue } from "./decision-ref";
import {
  eitherWay,
  eitherWayIssue,
  type NewFeedback,
  outcomeFields,
  saidFields,
  saysNothingIssue,
  saysSomething,
} from "./schema";

/** A row of a file of feedback. `key`: the row's own name in the system it comes from. */
export const FeedbackRow = z
  .strictObject({ ...decisionRefFields, ...saidFields, key: z.string().min(1).max(255).optional() })
  .refine(isOneRef, oneRefIssue)
  .refine(isWindowOfSubject, windowIssue)
  .refine((row) => saysSomething(saidOf(row)), saysNothingIssue);
export type FeedbackRow = z.output<typeof FeedbackRow>;

/** What a row says, without what it is about. */
export function saidOf({ vote, score, text, correction, cause, evidence }: Omit<NewFeedback, "source">) {
  return { vote, score, text, correction, cause, evidence };
}

/** A row of a file of outcomes. */
export const OutcomeRow = z
  .strictObject({ ...decisionRefFields, ...outcomeFields })
  .refine(eitherWay, eitherWayIssue)
  .refine(isOneRef, oneRefIssue)
  .refine(isWindowOfSubject, windowIssue);
export type OutcomeRow = z.output<typeof OutcomeRow>;
