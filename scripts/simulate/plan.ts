import type { Mutation, SimulatedTerms } from "./terms";

/** How much is simulated. */
export type Plan = {
  /** Streams of each scenario. */
  streams: number;
  /** Streams of each drift. */
  drifting: number;
  /** Streams through the product's fold, decision by decision, and over how many days. */
  recorded: { streams: number; days: number };
  /** More decisions a day, more kinds of drift, and the controls in every scenario. */
  isFull: boolean;
  mutation: Mutation;
};

export const quickPlan: Plan = {
  streams: 200,
  drifting: 200,
  recorded: { streams: 8, days: 60 },
  isFull: false,
  mutation: "none",
};
export const fullPlan: Plan = {
  streams: 2000,
  drifting: 500,
  recorded: { streams: 300, days: 180 },
  isFull: true,
  mutation: "none",
};

/** At most 2 % wrong, 95 % sure, 5,000 audits between false alarms: what every scenario promises unless it says so. */
export const promise: SimulatedTerms = { alpha: 0.02, delta: 0.05, alarmRunLength: 5000 };
