/**
 * What decisions are compared with. Pinned, so that a slow shift adds up: `declared` by an admin, `certified` (the period
 * that earned the promotion), `pinned` by itself once 28 days exist or a drift is confirmed before. Moving along: `epoch`, the certification period
 * before, and `days`, the 28 days before the window.
 */
export const referenceSources = ["declared", "certified", "pinned", "epoch", "days"] as const;
export type ReferenceSource = (typeof referenceSources)[number];

/** What each is called on screens. */
export const referenceWords: Record<ReferenceSource, string> = {
  declared: "Pinned by an admin",
  certified: "Pinned at certification",
  pinned: "Pinned by itself",
  epoch: "The certification period before",
  days: "The 28 days before",
};
