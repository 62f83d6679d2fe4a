import { borderlineSentence } from "./loss";
import type { Share } from "./plans";
import type { PlanKind } from "./plan-words";
import type { AuditTab } from "./schema";

/** Filters of the worklist as its address spells them. */
export type WorklistFilter = {
  tab: AuditTab;
  app?: string | undefined;
  type?: string | undefined;
  plan?: string | undefined;
};

/** `tab=mine&app=refund-desk`, with the parts that are set, always in one order. */
export function worklistQuery({ tab, app, type, plan }: WorklistFilter): string {
  const query = new URLSearchParams({ tab });
  if (app) query.set("app", app);
  if (type) query.set("type", type);
  if (plan) query.set("plan", plan);
  return query.toString();
}

/** What each judgement means, as the auditor reads it. */
export const judgementSentences = {
  correct: "What was done was right.",
  incorrect: "What was done was wrong.",
  borderline: borderlineSentence,
} as const;

/** How a plan chooses, in a word and in a sentence. */
export const planKindWords: Record<PlanKind, { word: string; sentence: string }> = {
  random: { word: "At random", sentence: "Every decision has the same chance." },
  stratified: {
    word: "By confidence and action",
    sentence: "Each part has a chance of its own: more where answers are less sure.",
  },
  policy_hit: {
    word: "By reason",
    sentence: "Those that the router sent where they went for a reason you name.",
  },
  segment: { word: "One segment", sentence: "Those that an expression holds for." },
};

/** A share as a percentage with one digit, or two where it is small. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent !== 0 && percent < 1 ? 2 : 1)} %`;
}

/** `4.0 % (95 % interval 1.2–8.9 %), n = 210`, or that too few are judged. */
export function shareText({ value, lower, upper, n, needed, ess }: Share): string {
  if (value === null || lower === null || upper === null) {
    return n === 0 ? "Nothing judged yet" : `Too few to say: ${Math.floor(ess)} of ${needed ?? 30} needed`;
  }
  return `${percentText(value)}, 95 % interval ${percentText(lower)} to ${percentText(upper)}`;
}

/** What was at fault, as the auditor reads it. */
export const causeSentences = {
  input: "Input: what came in was wrong or incomplete",
  context: "Context: the right facts were not looked up",
  inference: "Inference: the facts were there, the conclusion was wrong",
  policy: "Policy: the rule itself was wrong or missing",
  reviewer: "Reviewer: a person's earlier ruling was wrong",
} as const;
