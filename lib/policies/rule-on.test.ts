import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeDecision, type Autonomy, type Proposal, type Stop } from "@/lib/routing/route-decision";
import type { PolicyFacts } from "./facts";
import { asksOf, drawnCaution, noRuling, policyInForce, ruleOn, type Lookups } from "./rule-on";
import { effects, type PolicyRule } from "./schema";

const facts: PolicyFacts = {
  type: "refund.issue",
  app: "refund-desk",
  amount: 50_000,
  currency: "EUR",
  confidence: 0.97,
  predicted: "positive",
  severity: "low",
  input: { message: "I was charged twice" },
  context: null,
  arguments: { invoice: "INV-1", amount: 50_000, iban: "DE00" },
  subject: { type: "customer", id: "c_1" },
  metadata: null,
  model: null,
  prompt_version: null,
  at: "2026-11-21T23:30:00Z",
  findings: [
    { agent: "pii", version: 1, category: "iban", score: 0.9, at: "/input/message", start: 0, end: 4 },
  ],
};
const lookups: Lookups = {
  history: new Map([
    ["count 86400 ", 7],
    ["sum 86400 ", 120_000],
    ["seen 2592000 iban", 0],
    ["distinct 86400 iban", 3],
  ]),
};

const policyOf = (rules: PolicyRule[], name = "Refunds") =>
  policyInForce({ policyId: `pol_${name}`, versionId: `pov_${name}`, number: 3, name, rules });
const rule = (effect: PolicyRule["effect"], when = "true", more: Partial<PolicyRule> = {}): PolicyRule => ({
  id: effect,
  when,
  effect,
  ...more,
});
const asked = (rules: PolicyRule[], more: Partial<PolicyFacts> = {}, known = lookups) =>
  ruleOn([policyOf(rules)], { ...facts, ...more }, known);

describe("what policies say of a decision", () => {
  test("no policy, or one whose rules do not hold, says nothing", () => {
    expect(ruleOn([], facts, lookups)).toBe(noRuling);
    expect(asked([rule("decline", "decision.amount < 10.0")])).toBe(noRuling);
  });

  test.each([
    ['decision.findings.score("iban") > 0.5', true],
    ['decision.findings.score("toxicity") > 0.0', false],
    ['decision.findings.exists(f, f.category == "iban" && f.at.startsWith("/input"))', true],
    ['decision.at.getHours("Europe/Berlin") < 6', true],
    ["decision.at.getDayOfWeek() in [0, 6]", true],
    ['history.count("24h") > 5', true],
    ['history.sum("24h") + decision.amount > 150000.0', true],
    ['history.seen("30d", "iban") == 0.0', true],
    ['history.distinct("24h", "iban") >= 4', false],
  ])("%s holds: %s", (when, expected) => {
    const { hits, failed } = asked([rule("require_review", when)]);
    expect(failed).toEqual([]);
    expect(hits.length > 0).toBe(expected);
  });

  test("every rule is asked and the most restrictive wins", () => {
    const ruling = asked([
      rule("sample", "true", { share: 0.2 }),
      rule("require_review"),
      rule("require_two_reviewers"),
      rule("decline", "true", { message: "Never on a Sunday" }),
    ]);
    expect(ruling.hits.map(({ effect }) => effect)).toEqual([
      "sample",
      "require_review",
      "require_two_reviewers",
      "decline",
    ]);
    expect(ruling.caution).toMatchObject({
      review: [],
      decline: { kind: "policy", code: "policy_decline", message: "Refunds: Never on a Sunday" },
    });
  });

  test("what asks for people is told strictest first, with the policy, its version and the rule", () => {
    const ruling = asked([
      rule("route_to", "true", { queueId: "que_1" }),
      rule("require_review"),
      rule("require_two_reviewers"),
    ]);
    expect(ruling).toMatchObject({ twoReviewers: true, queueId: "que_1" });
    expect(ruling.caution.review.map(({ code }) => code)).toEqual([
      "policy_two_reviewers",
      "policy_review",
      "policy_route_to",
    ]);
    expect(ruling.caution.review[0]?.detail).toEqual({
      policy_id: "pol_Refunds",
      version_id: "pov_Refunds",
      version: 3,
      rule: "require_two_reviewers",
      policy: "Refunds",
    });
  });

  test("a rule that fails asks for a person, whatever the others say, and names its place, not the data", () => {
    const ruling = asked([rule("decline"), rule("sample", "decision.input[decision.currency] == 'x'")]);
    expect(ruling.failed).toEqual([{ policyId: "pol_Refunds", versionId: "pov_Refunds", ruleId: "sample" }]);
    expect(ruling.caution.review.map(({ code }) => code)).toEqual(["policy_failed", "policy_decline"]);
    expect(ruling.caution.review[0]?.message).toMatch(
      /^Refunds: the rule sample could not be evaluated at line 1, column \d+$/,
    );
    expect(JSON.stringify(ruling.caution.review[0])).not.toContain("EUR");
  });

  test("without a subject, history cannot be asked and a person is", () => {
    const when = 'history.count("24h") > 5';
    for (const known of [{ history: null }, { history: new Map() }]) {
      expect(asked([rule("sample", when)], {}, known).caution.review[0]?.code).toBe("policy_failed");
    }
  });

  test("a rule that does not compile asks for a person every time", () => {
    expect(asked([rule("sample", "decision.amount >")]).failed).toHaveLength(1);
  });

  test("the largest share is drawn, and a share that is none means everything", () => {
    const ruling = asked([
      rule("sample", "true", { share: 0.2 }),
      rule("sample", "true", { share: 0.4, id: "more" }),
    ]);
    expect(ruling.sampleShare).toBe(0.4);
    expect(drawnCaution(ruling, 0.39).review.map(({ code }) => code)).toEqual(["policy_sample"]);
    expect(drawnCaution(ruling, 0.4)).toEqual(noRuling.caution);
    expect(asked([rule("sample")]).sampleShare).toBe(1);
  });

  test("what is asked of history is known before anything is evaluated, each once", () => {
    const policies = [
      policyOf([
        rule("require_review", 'history.count("24h") > 5 || history.count("1d", "refund.issue") > 2'),
      ]),
      policyOf([rule("require_review", 'history.count("24h") > 9')], "Other"),
    ];
    expect(asksOf(policies)).toEqual([
      { of: "count", seconds: 86_400, type: null },
      { of: "count", seconds: 86_400, type: "refund.issue" },
    ]);
  });
});

describe("nothing a policy says loosens", () => {
  const whens = fc.constantFrom(
    "true",
    "false",
    "decision.amount > 40000.0",
    "decision.confidence > 0.5",
    "decision.nothing == 1",
    'history.count("24h") > 5',
    'history.count("1h") > 5',
    "decision.input.absent == 1",
    "decision.amount >",
  );
  const rules = fc.array(
    fc.record({
      id: fc.constantFrom("a", "b", "c"),
      when: whens,
      effect: fc.constantFrom(...effects),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      queueId: fc.constant("que_1"),
    }),
    { maxLength: 4 },
  );
  const proposals = fc.record<Proposal>({
    predicted: fc.constantFrom("positive", "negative"),
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    amount: fc.option(fc.integer({ min: 0, max: 100_000 })),
    currency: fc.constant("EUR"),
  });
  const autonomies = fc.record<Autonomy>({
    level: fc.constantFrom("shadow", "review_all", "auto"),
    threshold: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    declineThreshold: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    auditRate: fc.double({ min: 0, max: 1, noNaN: true }),
    amountCap: fc.option(fc.integer({ min: 0, max: 100_000 })),
    currency: fc.constant("EUR"),
    movesMoney: fc.boolean(),
  });
  const stops = fc.constantFrom<Stop[]>([], [{ scope: "app", reason: null }]);
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test("with policies it acts alone only where it would have without them", () => {
    fc.assert(
      fc.property(
        rules,
        proposals,
        autonomies,
        stops,
        draw,
        draw,
        (own, proposal, autonomy, stopped, audit, sample) => {
          const draws = { audit, ramp: 0 };
          const without = routeDecision(proposal, autonomy, stopped, draws);
          const ruling = ruleOn([policyOf(own)], { ...facts, ...proposal }, lookups);
          const withThem = routeDecision(proposal, autonomy, stopped, draws, drawnCaution(ruling, sample));
          const acts = withThem.route === "execute";
          const asks = ruling.hits.some(({ effect }) => effect !== "sample");
          expect(acts && (without.route !== "execute" || asks || ruling.failed.length > 0)).toBe(false);
          expect(ruling.failed.length > 0 && withThem.route === "decline").toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("one more rule never lets anything act that did not", () => {
    fc.assert(
      fc.property(rules, rules, proposals, draw, (some, more, proposal, sample) => {
        const autonomy: Autonomy = {
          level: "auto",
          threshold: 0.5,
          declineThreshold: 0.5,
          auditRate: 0.1,
          amountCap: null,
          currency: "EUR",
          movesMoney: false,
        };
        const of = (own: PolicyRule[]) =>
          routeDecision(
            proposal,
            autonomy,
            [],
            { audit: 0.5, ramp: 0 },
            drawnCaution(ruleOn([policyOf(own)], { ...facts, ...proposal }, lookups), sample),
          ).route;
        expect(of([...some, ...more]) === "execute" && of(some) !== "execute").toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
