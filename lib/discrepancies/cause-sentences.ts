import type { Cause } from "@/lib/kernel/statuses";

/** What each cause means, for people and for the model that proposes one. */
export const causeSentences: Record<Cause, string> = {
  input: "What came in was wrong, missing or unreadable.",
  context: "What the app looked up was wrong, old or missing.",
  inference: "All was there, and the model concluded wrongly.",
  policy: "A rule was missing, wrong or not followed.",
  reviewer: "The model was right, and a person ruled wrongly.",
};
