/**
 * Three looks at the same truth: what the model proposed, what would have run alone, what was done in the end. Apart
 * from the contracts, so that the browser can list them without their parser.
 */
export const confusionViews = ["model", "router", "final"] as const;
export type ConfusionView = (typeof confusionViews)[number];
