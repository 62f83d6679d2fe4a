/** What a metric's value is: a share of 0 to 1, a count, seconds, or money in whole units of the models' currency. */
export const metricUnits = ["share", "count", "seconds", "money"] as const;
export type MetricUnit = (typeof metricUnits)[number];

/**
 * Every figure that can be asked for by name, watched by a monitor and drawn over time. `question` is a tile's title,
 * `definition` says exactly what is divided by what; `population` who is counted and `weighting` how.
 */
export type MetricAbout = {
  question: string;
  definition: string;
  population: string;
  weighting: string;
  unit: MetricUnit;
  /** Which way is good; `neither` where more is not better in itself. */
  better: "higher" | "lower" | "neither";
};

const plain = "plain counts: every one counts once";
const byPi =
  "the strongest label counts: an outcome over an auditor over a reviewer; each weighted by one over the probability that its label would be made";
const labelled = "Decisions of this time whose truth is known";

export const metricsCatalogue = {
  automation_rate: {
    question: "How much is decided alone?",
    definition: "Decisions routed to act or to be left alone without a person, of all that were routed.",
    population:
      "Decisions submitted in this time and routed; shadow ones, which nobody decides, are left out",
    weighting: plain,
    unit: "share",
    better: "neither",
  },
  auto_error_rate: {
    question: "How often is what ran alone wrong?",
    definition:
      "Of what ran alone and was drawn for an audit, the share that auditors found wrong. Borderline counts as wrong.",
    population: "Decisions that ran alone in this time, were drawn for an audit and judged",
    weighting: "each weighted by one over the probability it was drawn with (Hájek)",
    unit: "share",
    better: "lower",
  },
  override_rate: {
    question: "How often do people decide otherwise?",
    definition: "Of what a person ruled on, the share where the ruling differs from what the model proposed.",
    population: "Decisions of this time that went to review and that a person approved or declined",
    weighting: plain,
    unit: "share",
    better: "lower",
  },
  proposal_error_rate: {
    question: "How often is a proposal wrong?",
    definition:
      "Of decisions whose truth is known, the share where what the model proposed, to act or to leave alone, was not right.",
    population: labelled,
    weighting: byPi,
    unit: "share",
    better: "lower",
  },
  false_positive_rate: {
    question: "How often is acting proposed where it is wrong?",
    definition: "FPR = FP / (FP + TN): of decisions where acting was wrong, the share that proposed to act.",
    population: labelled,
    weighting: byPi,
    unit: "share",
    better: "lower",
  },
  false_negative_rate: {
    question: "How often is leaving alone proposed where acting is right?",
    definition: "FNR = FN / (FN + TP): of decisions where acting was right, the share that proposed not to.",
    population: labelled,
    weighting: byPi,
    unit: "share",
    better: "lower",
  },
  expected_calibration_error: {
    question: "How far is stated confidence from how often it is right?",
    definition:
      "ECE: the mean gap between stated confidence and how often it was right, over 15 equal-width bins, each weighted by its share. Few labels make it too large, and its interval allows for that.",
    population: `${labelled} and that stated a confidence`,
    weighting: byPi,
    unit: "share",
    better: "lower",
  },
  brier_score: {
    question: "How good is the stated confidence as a forecast?",
    definition: "Brier score: the mean of (confidence − right)², right being 1 or 0. A coin's is 0.25.",
    population: `${labelled} and that stated a confidence`,
    weighting: byPi,
    unit: "share",
    better: "lower",
  },
  positive_truth_rate: {
    question: "How often would acting have been right?",
    definition: "Of decisions whose truth is known, the share where acting was right: the labels' own drift.",
    population: labelled,
    weighting: byPi,
    unit: "share",
    better: "neither",
  },
  volume: {
    question: "How much comes in?",
    definition: "Decisions submitted.",
    population: "All decisions submitted in this time",
    weighting: plain,
    unit: "count",
    better: "neither",
  },
  time_to_decision_p50: {
    question: "How long does half of the reviewed take?",
    definition: "Median time from submission to a person's ruling.",
    population: "Decisions of this time that went to review and that a person approved or declined",
    weighting: "plain counts; what still waits is not in it",
    unit: "seconds",
    better: "lower",
  },
  time_to_decision_p90: {
    question: "How long do nine tenths of the reviewed take?",
    definition: "The time from submission to a person's ruling that nine tenths stay within.",
    population: "Decisions of this time that went to review and that a person approved or declined",
    weighting: "plain counts; what still waits is not in it",
    unit: "seconds",
    better: "lower",
  },
  open_reviews: {
    question: "How much waits for a person?",
    definition: "Reviews open, claimed or snoozed at the end of this time.",
    population: "All reviews of people's queues",
    weighting: plain,
    unit: "count",
    better: "lower",
  },
  oldest_review_seconds: {
    question: "How long has the oldest review waited?",
    definition: "Age of the oldest review that was still open at the end of this time.",
    population: "All reviews of people's queues",
    weighting: plain,
    unit: "seconds",
    better: "lower",
  },
  sla_breaches: {
    question: "How many reviews missed their time?",
    definition: "Reviews whose due time fell in this time and that were not answered by then.",
    population: "Reviews due in this time",
    weighting: plain,
    unit: "count",
    better: "lower",
  },
  execution_unknowns: {
    question: "Of how many actions is it unknown whether they happened?",
    definition: "Actions begun in this time whose effect on the target is unknown, dead or disputed.",
    population: "Executions of decisions' actions made in this time",
    weighting: plain,
    unit: "count",
    better: "lower",
  },
  execution_failures: {
    question: "How many actions did not happen?",
    definition: "Actions begun in this time that failed: nothing happened at the target.",
    population: "Executions of decisions' actions made in this time",
    weighting: plain,
    unit: "count",
    better: "lower",
  },
  audit_backlog: {
    question: "How many audits wait?",
    definition: "Audits opened by the end of this time and not judged by then.",
    population: "All audits",
    weighting: plain,
    unit: "count",
    better: "lower",
  },
  model_errors: {
    question: "How often does a model not answer?",
    definition: "Of questions put to models that are over, the share that failed, timed out or was unusable.",
    population: "Runs begun in this time that are over",
    weighting: plain,
    unit: "share",
    better: "lower",
  },
  model_cost: {
    question: "What do the models cost?",
    definition: "Sum of what runs cost, as far as the models' prices are known.",
    population: "Runs begun in this time whose cost is known",
    weighting: plain,
    unit: "money",
    better: "lower",
  },
  model_latency_p90: {
    question: "How long do models take?",
    definition: "The time from question to answer that nine tenths of the answered runs stay within.",
    population: "Runs begun in this time that were answered",
    weighting: plain,
    unit: "seconds",
    better: "lower",
  },
  feedback_down_rate: {
    question: "How often do people vote it down?",
    definition: "Of votes given, the share that is down. Whoever changes a vote counts once, with the last.",
    population: "Feedback with a vote on decisions, given in this time",
    weighting: "plain counts: not a random sample, whoever wishes votes",
    unit: "share",
    better: "lower",
  },
  discrepancy_rate: {
    question: "How often do those who could know disagree?",
    definition: "Decisions of this time with a discrepancy, of all decisions of this time.",
    population: "All decisions submitted in this time",
    weighting: plain,
    unit: "share",
    better: "lower",
  },
  evaluator_pass_rate: {
    question: "How much do the evaluators pass?",
    definition: "Of scores that pass or fail, given by evaluators in force, the share that passes.",
    population: "Scores of decisions made in this time by evaluators that count",
    weighting: "each weighted by one over the probability its decision was drawn with (Hájek)",
    unit: "share",
    better: "higher",
  },
} as const satisfies Record<string, MetricAbout>;

export type MetricName = keyof typeof metricsCatalogue;
export const metricNames = Object.keys(metricsCatalogue) as [MetricName, ...MetricName[]];
