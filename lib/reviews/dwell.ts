/** How long a verdict's author must have had the review open, as the queue and the amount say. */
export type DwellRule = {
  /** Seconds; 0 asks for nothing. */
  seconds: number;
  /** Minor units above which it holds; null: for every review. */
  above: number | null;
};

/** What a review's amount is against the rule; `known` is false where the type moves money and nobody can say how much. */
export type DwellFacts = { amount: number | null; known: boolean };

/** Seconds a verdict needs after opening; 0 where the queue asks for none here. What cannot be read counts as high. */
export function dwellNeeded(rule: DwellRule, { amount, known }: DwellFacts): number {
  if (rule.seconds <= 0) return 0;
  if (rule.above === null || !known) return rule.seconds;
  return amount !== null && amount > rule.above ? rule.seconds : 0;
}

/** Whole seconds left before a verdict is taken; `openFor` is null when its author does not hold it. */
export function secondsLeft(needed: number, openFor: number | null): number {
  return Math.max(0, Math.ceil(needed - (openFor ?? 0)));
}
