/** What is promised in a simulation, as a contract's terms say it. */
export type SimulatedTerms = {
  alpha: number;
  delta: number;
  /** Mean number of audits between two false alarms. */
  alarmRunLength: number;
};

/**
 * What is taken out of the method to see whether the simulation notices: every threshold tested at the whole delta, all
 * labels weighing alike, no answer to reviewers who miss things, labels folded as they arrive, no alarm, or the exact
 * interval in the certificate's place.
 */
export const mutations = [
  "none",
  "no_correction",
  "no_weights",
  "no_gold",
  "as_they_arrive",
  "no_alarm",
  "clopper_pearson",
] as const;
export type Mutation = (typeof mutations)[number];

export type Detectors = "none" | "audit" | "both";
