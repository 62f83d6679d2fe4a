import type { Fixture, PolicyRule } from "./schema";
import type { FixtureInput, RuleInput } from "./views";

/** Rules as they are stored, of those on the wire. */
export function storedRules(rules: readonly RuleInput[]): PolicyRule[] {
  return rules.map(({ queue_id: queueId, ...rule }) => ({ ...rule, ...(queueId ? { queueId } : {}) }));
}

/** Rules as they are sent, of those stored. */
export function sentRules(rules: readonly PolicyRule[]): RuleInput[] {
  return rules.map(({ queueId, ...rule }) => ({ ...rule, ...(queueId ? { queue_id: queueId } : {}) }));
}

/** Fixtures are the same on both sides, their facts checked as JSON at the edge. */
export function sentFixtures(fixtures: readonly Fixture[]): FixtureInput[] {
  return fixtures as readonly FixtureInput[] as FixtureInput[];
}
