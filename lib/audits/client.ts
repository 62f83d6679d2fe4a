import { borderlineSentence } from "./loss";
import type { AuditTab } from "./schema";

/** Filters of the worklist as its address spells them. */
export type WorklistFilter = { tab: AuditTab; app?: string | undefined; type?: string | undefined };

/** `tab=mine&app=refund-desk`, with the parts that are set, always in one order. */
export function worklistQuery({ tab, app, type }: WorklistFilter): string {
  const query = new URLSearchParams({ tab });
  if (app) query.set("app", app);
  if (type) query.set("type", type);
  return query.toString();
}

/** What each judgement means, as the auditor reads it. */
export const judgementSentences = {
  correct: "What was done was right.",
  incorrect: "What was done was wrong.",
  borderline: borderlineSentence,
} as const;

/** What was at fault, as the auditor reads it. */
export const causeSentences = {
  input: "Input: what came in was wrong or incomplete",
  context: "Context: the right facts were not looked up",
  inference: "Inference: the facts were there, the conclusion was wrong",
  policy: "Policy: the rule itself was wrong or missing",
  reviewer: "Reviewer: a person's earlier ruling was wrong",
} as const;
