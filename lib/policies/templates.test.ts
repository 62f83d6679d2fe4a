import { describe, expect, test } from "vitest";
import { compilePolicyRule } from "./policy-cel";
import { runFixtures } from "./fixtures";
import { policyTemplates } from "./templates";
import { differencesOf, mayLoosen } from "./differences";
import type { Fixture, PolicyRule } from "./schema";
import { CreatePolicy } from "./views";

describe.each(policyTemplates.map((template) => [template.name, template] as const))(
  "%s",
  (_name, template) => {
    test("can be used as it is: its rules compile and its fixtures pass", () => {
      for (const { when } of template.rules) expect(compilePolicyRule(when).source).toBe(when);
      const results = runFixtures(template.rules, template.fixtures);
      expect(results.filter(({ pass }) => !pass)).toEqual([]);
      expect(results.length).toBeGreaterThan(1);
    });
    test("is what the API takes", () => {
      const { name, description, rules, fixtures } = template;
      expect(CreatePolicy.parse({ name, description, rules, fixtures }).rules).toHaveLength(rules.length);
    });
  },
);

describe("a fixture", () => {
  const rules: PolicyRule[] = [
    { id: "sampled", when: "decision.amount > 10.0", effect: "sample", share: 0.5 },
    { id: "declined", when: "decision.amount > 100.0", effect: "decline" },
  ];
  const run = (decision: Fixture["decision"], expected: Fixture["expect"]) =>
    runFixtures(rules, [{ name: "one", decision, expect: expected }])[0];

  test("expects the most restrictive of what holds, and may name a rule among them", () => {
    expect(run({ amount: 200 }, { effect: "decline", rule: "sampled" })).toEqual({
      name: "one",
      pass: true,
      effect: "decline",
      rules: ["sampled", "declined"],
      failed: [],
    });
    expect(run({ amount: 50 }, { effect: "sample", rule: "declined" })?.pass).toBe(false);
    expect(run({ amount: 1 }, { effect: null })?.pass).toBe(true);
    expect(run({ amount: 50 }, { effect: null })?.pass).toBe(false);
  });
  test("never passes while a rule fails on it", () => {
    expect(run({}, { effect: null })).toMatchObject({ pass: false, failed: ["sampled", "declined"] });
    expect(run({ amount: "many" }, { effect: null })?.pass).toBe(false);
  });
});

describe("between two versions", () => {
  const rule = (id: string, more: Partial<PolicyRule> = {}): PolicyRule => {
    return { id, when: "true", effect: "require_review", ...more };
  };
  test("what was added, changed and removed is told", () => {
    const found = differencesOf(
      [rule("a"), rule("b"), rule("c")],
      [rule("d"), rule("b", { when: "false" }), rule("a")],
    );
    expect(found.map(({ id, change }) => [id, change])).toEqual([
      ["d", "added"],
      ["b", "changed"],
      ["c", "removed"],
    ]);
  });
  test("only what is added cannot loosen; other words for a reviewer change nothing", () => {
    expect(mayLoosen([rule("a")], [rule("b", { when: "false" }), rule("a", { message: "so" })])).toBe(false);
    expect(mayLoosen([rule("a")], [])).toBe(true);
    expect(mayLoosen([rule("a")], [rule("a", { effect: "sample", share: 0.5 })])).toBe(true);
    expect(mayLoosen([], [rule("a")])).toBe(false);
  });
});
