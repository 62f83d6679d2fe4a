import type { MetricName } from "./metrics-catalogue";

/** The dashboards' tabs, as the address spells them. */
export const tabs = [
  "overview",
  "calibration",
  "errors",
  "drift",
  "reviewers",
  "operations",
  "compare",
] as const;
export type Tab = (typeof tabs)[number];

export const tabWords: Record<Tab, string> = {
  overview: "Overview",
  calibration: "Calibration",
  errors: "Errors",
  drift: "Drift",
  reviewers: "Reviewers",
  operations: "Operations",
  compare: "Compare",
};

/** Figures over time stand large where they are what the tab is about, small where they are many. */
export const largeTabs: readonly Tab[] = ["calibration", "errors", "drift"];

/** What a tile answers, and how. */
type TileAbout = { question: string; definition: string };

export const tileCatalogue = {
  error_budget: {
    question: "How much of the error budget is used?",
    definition:
      "For each contract: error among what ran alone, by auditors and weighted by one over the probability of each audit, against the alpha its contract promises. Used: the estimated error over alpha; the bar's interval may be read the same way.",
  },
  cost_per_decision: {
    question: "What does a decision cost?",
    definition:
      "What runs cost for decisions, divided by the decisions they answered, where prices are known.",
  },
  reliability: {
    question: "Is the app as right as it is sure?",
    definition:
      "How often proposals of each stated confidence were right, in 15 equal-width bins, with Wilson's interval on the effective sample. On the diagonal the two agree.",
  },
  calibration_by_part: {
    question: "Is every part as right as it is sure?",
    definition:
      "Reliability per decision type, or per value of the type's first segment once one type is chosen. ECE over 15 bins; none below an effective sample of 30.",
  },
  confidence_mix: {
    question: "Is the confidence spread as it was?",
    definition:
      "Share of decisions by stated confidence in ten bins, now and in the equally long time before. PSI sums (now − before) × ln(now / before).",
  },
  error_cost: {
    question: "What do wrong answers cost?",
    definition:
      "False positives times the cost of a wrong yes plus false negatives times the cost of a wrong no, each weighted by one over the probability of its label, as the types declare their costs.",
  },
  error_causes: {
    question: "Why is it wrong?",
    definition:
      "Discrepancies of this time by the cause a person confirmed, most frequent first, with the share of all up to there.",
  },
  worst_groups: {
    question: "Where is it worst?",
    definition:
      "Share wrong (proposed against truth) by policy, decision type and declared segment, worst lower bound first; none below an effective sample of 30.",
  },
  policy_rules: {
    question: "Does each policy rule earn its reviews?",
    definition:
      "Per rule in force or in shadow. Fired: decisions it held back; in shadow, those it would have routed otherwise. Extra reviews: those that nothing else asked for. Agreed: of those whose truth is known, the share where asking was needed (the proposal was wrong or was changed) or where declining was right. Wrong ones caught: proposals that were wrong or were changed.",
  },
  baselines: {
    question: "Is it better than doing nothing clever?",
    definition:
      "Share wrong of the model, of always acting, of never acting, and of whichever of the two is rarer wrong; over the same labelled decisions.",
  },
  disparity: {
    question: "Do some fare worse than others?",
    definition:
      "Per value of each declared segment: FPR, FNR and the share proposed to act, each against all the others together. A difference is real when its interval leaves out 0 and it stays at a false-discovery rate of 5 % over all comparisons shown. The ratio is the share proposed to act over the highest of the segment (four-fifths: 0.8).",
  },
  drift_psi: {
    question: "Which inputs have moved?",
    definition:
      "Population stability index per feature and day against its reference; 0.1 and 0.25 are customary guides, no guarantee.",
  },
  drift_js: {
    question: "How far are they from the reference?",
    definition: "Jensen–Shannon distance per feature and day, 0 (alike) to 1.",
  },
  drift_states: {
    question: "Which drift is confirmed?",
    definition:
      "The newest comparison of each feature. Suspected once; confirmed when the next window says so too, with false discoveries held down over all features of the day.",
  },
  route_mix: {
    question: "How much comes in, and where does it go?",
    definition: "Decisions by route over time.",
  },
  proposal_mix: {
    question: "What is proposed?",
    definition: "Decisions over time by whether the model proposed to act.",
  },
  funnel: {
    question: "What becomes of what goes to a person?",
    definition:
      "Per decision type: what went to review, and how it was ruled. Overridden: the ruling differs from what the model proposed.",
  },
  edits: {
    question: "How much do people change before approving?",
    definition:
      "Of approvals of this time, those with changed arguments, and of the fields of those the share that was changed.",
  },
  reviewer_agreement: {
    question: "Do two people say the same?",
    definition:
      "Cohen's kappa of second looks: two people rule on one case, knowing nothing of each other. 1 is perfect, 0 is chance.",
  },
  auditor_agreement: {
    question: "Do auditors say the same?",
    definition:
      "Krippendorff's nominal alpha of audits that two or more judged blind: all of their answers about whether acting was right. 1 is perfect, 0 is chance. Interval: bootstrap over the audits.",
  },
  reviewer_load: {
    question: "Who carries how much, and how do they fare?",
    definition:
      "Rulings per person, overrides, time from opening to the verdict, and known answers caught. In the order of names; pseudonyms for whoever leads no queue.",
  },
  queue_ages: {
    question: "How long has what waits been waiting?",
    definition: "Reviews open now by queue and age.",
  },
  sla: {
    question: "Are reviews answered in time?",
    definition: "Reviews due in each bucket: answered in time, too late, or still open.",
  },
  throughput: {
    question: "Do people keep up?",
    definition: "Reviews that came, were answered and expired in each bucket.",
  },
  deliveries: {
    question: "Do notices arrive?",
    definition: "Notices of this time by channel and what became of them.",
  },
  model_use: {
    question: "What do the models do, take and cost?",
    definition: "Runs of this time by model: how many, how many failed, tokens, latency and cost.",
  },
  compare_versions: {
    question: "Is one version better than the other?",
    definition:
      "Each rate of both versions, and their difference (first minus second) with its 95 % interval. Unpaired: each version over its own decisions (Newcombe on effective sizes), so what came in may differ too. Paired: over inputs that both answered, in shadow or in the newest experiment (Tango on effective sizes).",
  },
} as const satisfies Record<string, TileAbout>;

export type TileId = keyof typeof tileCatalogue;
export const tileIds = Object.keys(tileCatalogue) as [TileId, ...TileId[]];

/** What each tab shows, in order: figures by name, then pictures. */
export const boards: Record<Tab, { metrics: MetricName[]; tiles: TileId[] }> = {
  overview: {
    metrics: [
      "volume",
      "automation_rate",
      "auto_error_rate",
      "override_rate",
      "open_reviews",
      "time_to_decision_p50",
      "time_to_decision_p90",
      "sla_breaches",
      "discrepancy_rate",
    ],
    tiles: ["error_budget", "cost_per_decision", "route_mix"],
  },
  calibration: {
    metrics: ["expected_calibration_error", "brier_score"],
    tiles: ["reliability", "calibration_by_part", "confidence_mix"],
  },
  errors: {
    metrics: ["proposal_error_rate", "false_positive_rate", "false_negative_rate"],
    tiles: ["disparity", "error_cost", "error_causes", "worst_groups", "policy_rules", "baselines"],
  },
  drift: {
    metrics: ["positive_truth_rate"],
    tiles: ["drift_states", "drift_psi", "drift_js", "route_mix", "proposal_mix"],
  },
  reviewers: {
    metrics: ["override_rate", "time_to_decision_p50"],
    tiles: ["funnel", "edits", "reviewer_agreement", "auditor_agreement", "reviewer_load"],
  },
  operations: {
    metrics: [
      "open_reviews",
      "oldest_review_seconds",
      "audit_backlog",
      "execution_unknowns",
      "execution_failures",
      "model_errors",
      "model_latency_p90",
      "model_cost",
      "feedback_down_rate",
      "evaluator_pass_rate",
    ],
    tiles: ["queue_ages", "sla", "throughput", "deliveries", "model_use"],
  },
  compare: { metrics: [], tiles: ["compare_versions"] },
};
