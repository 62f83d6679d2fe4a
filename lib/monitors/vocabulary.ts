export const monitorStates = ["ok", "warning", "alert", "no_data"] as const;
export type MonitorState = (typeof monitorStates)[number];

export const comparators = ["above", "below"] as const;
export type Comparator = (typeof comparators)[number];

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const driftMethods = ["psi", "js", "ks", "chi_square"] as const;

/** `suspected` once; `confirmed` when the next window says so too, with false discoveries held down. */
export const driftStates = ["steady", "suspected", "confirmed"] as const;
export type DriftState = (typeof driftStates)[number];

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

/** `pinned`: stays until somebody says otherwise. `trailing`: moves along, and takes a slow shift for usual. */
export const referenceModes = ["pinned", "trailing"] as const;
export type ReferenceMode = (typeof referenceModes)[number];
