import { expect, test } from "vitest";
import { draftOf, newFixture, newRule, readDraft } from "./policy-draft";

test("what was stored comes back as it was", () => {
  const version = {
    rules: [
      { id: "some", when: "true", effect: "sample" as const, share: 0.125 },
      { id: "other", when: "true", effect: "route_to" as const, queue_id: "que_1", message: "To fraud" },
    ],
    fixtures: [{ name: "one", decision: { amount: 1 }, expect: { effect: null } }],
    note: "",
  };
  expect(readDraft(draftOf(version))).toEqual({
    rules: version.rules,
    fixtures: version.fixtures,
    wrong: new Map(),
  });
});

test("what cannot be read is told where it stands", () => {
  const named = { ...newRule(), id: "same" };
  const rules = [
    named,
    { ...newRule(), id: "same" },
    { ...newRule(), id: "Not So" },
    { ...newRule(), id: "none", effect: "sample" as const, share: "0" },
    { ...newRule(), id: "nowhere", effect: "route_to" as const },
  ];
  const fixtures = [{ ...newFixture(), name: "x", decision: "[1]" }, newFixture()];
  const { wrong } = readDraft({ rules, fixtures, note: "" });
  expect(wrong.has(named.key)).toBe(false);
  expect([...rules.slice(1), ...fixtures].map(({ key }) => wrong.get(key))).toEqual([
    "Another rule has this id",
    expect.stringContaining("lower-case"),
    expect.stringContaining("above 0"),
    "Choose a queue",
    "The decision is no JSON object",
    "Give it a name",
  ]);
});
