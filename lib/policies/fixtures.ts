import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { PolicyFacts } from "./facts";
import { historyKey, windowSeconds, type HistoryAnswers, type HistoryAsk } from "./history";
import { asksOf, policyInForce, ruleOn } from "./rule-on";
import { effects, type Effect, type Fixture, type PolicyRule } from "./schema";

/** What became of a fixture: what held, and whether that is what it expects. */
type FixtureOutcome = {
  name: string;
  pass: boolean;
  effect: Effect | null;
  rules: string[];
  failed: string[];
};

/** Runs fixtures through the rules as decisions would be. One in which a rule fails never passes. Pure. */
export function runFixtures(rules: readonly PolicyRule[], fixtures: readonly Fixture[]): FixtureOutcome[] {
  const policy = policyInForce({ policyId: "", versionId: "", number: 0, name: "", rules });
  const asks = asksOf([policy]);
  return fixtures.map(({ name, decision, expect }) => {
    const facts = factsOf(decision);
    const ruling = ruleOn([policy], facts, { history: answersOf(decision, facts, asks) });
    const held = ruling.hits.map(({ ruleId }) => ruleId);
    const failed = ruling.failed.map(({ ruleId }) => ruleId);
    const effect = strictest(ruling.hits.map((hit) => hit.effect));
    const isNamed = expect.rule === undefined || held.includes(expect.rule);
    return {
      name,
      pass: failed.length === 0 && effect === expect.effect && isNamed,
      effect,
      rules: held,
      failed,
    };
  });
}

function strictest(held: readonly Effect[]): Effect | null {
  return held.reduce<Effect | null>(
    (best, each) => (best === null || effects.indexOf(each) > effects.indexOf(best) ? each : best),
    null,
  );
}

/** A fixture's facts; what it leaves out is absent, or an everyday value where every decision has one. */
function factsOf(given: Record<string, unknown>): PolicyFacts {
  const everyday = {
    type: "",
    app: "",
    amount: null,
    currency: null,
    confidence: null,
    predicted: "positive",
    severity: "low",
    input: {},
    context: null,
    arguments: {},
    subject: null,
    metadata: null,
    model: null,
    prompt_version: null,
    // A Wednesday, in working hours.
    at: "2026-01-07T12:00:00Z",
    findings: [],
  };
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(everyday, name)));
  // Written by its author: what does not fit fails in the evaluator, and the fixture with it.
  return { ...everyday, ...own } as PolicyFacts;
}

/** `{"count 24h": 6, "seen 30d iban": 0}`; null without a subject, of which nothing can be asked. */
function answersOf(
  { history }: Record<string, unknown>,
  { subject }: PolicyFacts,
  asks: readonly HistoryAsk[],
): HistoryAnswers {
  if (subject === null) return null;
  const answers = new Map<string, number>(asks.map((ask) => [historyKey(ask), 0]));
  for (const [name, value] of Object.entries(isObject(history) ? history : {})) {
    const [of = "", window = "", ...detail] = name.trim().split(/\s+/);
    if (typeof value === "number")
      answers.set(`${of} ${windowSeconds(window) ?? 0} ${detail.join(" ")}`, value);
  }
  return answers;
}

function isObject(value: unknown): value is Record<string, JsonValue> & JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
