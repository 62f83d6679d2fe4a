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

/** `pinned`: stays until somebody says otherwise. `trailing`: moves along, and takes a slow shift for usual. */
export const referenceModes = ["pinned", "trailing"] as const;
export type ReferenceMode = (typeof referenceModes)[number];
