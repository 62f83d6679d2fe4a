import { describe, expect, test } from "vitest";
import type { ApprovalStage } from "./approval-rules";
import {
  approvalsOf,
  askingTwo,
  bindingRule,
  seatIn,
  standingUnder,
  type Given,
  type RuleInForce,
} from "./quorum";

const stage = (minimum: number, more: Partial<ApprovalStage> = {}): ApprovalStage => ({
  name: "Any two",
  minimum,
  skills: [],
  members: [],
  ...more,
});
const rule = (id: string, minimum: number, more: Partial<RuleInForce> = {}): RuleInForce => ({
  id,
  version: 1,
  name: id,
  stages: [stage(minimum)],
  position: 0,
  queue_id: null,
  min_amount: null,
  when_submitted: true,
  now: true,
  ...more,
});
const here = { queues: ["q1"], amount: 5000 };

describe("the rule that binds", () => {
  const cases: [string, RuleInForce[], Parameters<typeof bindingRule>[2], string | undefined][] = [
    ["none asks for nothing", [], here, undefined],
    [
      "the first that fits, by position",
      [rule("b", 2, { position: 2 }), rule("a", 1, { position: 1 })],
      here,
      "a",
    ],
    ["one of another queue does not", [rule("a", 2, { queue_id: "q2" })], here, undefined],
    [
      "one of a queue it was in before does",
      [rule("a", 2, { queue_id: "q2" })],
      { ...here, queues: ["q1", "q2"] },
      "a",
    ],
    ["an amount below the least does not", [rule("a", 2, { min_amount: 5001 })], here, undefined],
    ["an amount of the least does", [rule("a", 2, { min_amount: 5000 })], here, "a"],
    [
      "an amount nobody can read does",
      [rule("a", 2, { min_amount: 5000 })],
      { ...here, amount: "unknown" },
      "a",
    ],
    [
      "a type that moves no money does not",
      [rule("a", 2, { min_amount: 1 })],
      { ...here, amount: null },
      undefined,
    ],
    [
      "a weaker one made since does not let it off",
      [rule("old", 2, { now: false }), rule("new", 1, { when_submitted: false })],
      here,
      "old",
    ],
    [
      "a stricter one made since holds",
      [rule("old", 2, { now: false }), rule("new", 3, { when_submitted: false })],
      here,
      "new",
    ],
    [
      "of equals, what was promised first",
      [rule("old", 2, { now: false }), rule("new", 2, { when_submitted: false })],
      here,
      "old",
    ],
  ];
  test.each(cases)("%s", (_title, rules, facts, expected) => {
    expect(bindingRule([], rules, facts)?.id).toBe(expected);
  });

  test("what an earlier review was held to stays, unless something stricter came", () => {
    const kept = { id: "kept", version: 1, name: "kept", stages: [stage(2)] };
    expect(bindingRule([kept], [], here)?.id).toBe("kept");
    expect(bindingRule([kept], [rule("new", 3, { when_submitted: false })], here)?.id).toBe("new");
  });
});

describe("how far it has come", () => {
  const word = (actor: string, at: number, more: Partial<Given> = {}): Given => ({
    id: actor,
    actor,
    on_behalf_of: null,
    stage: at,
    verdict: "approve",
    digest: "d",
    ...more,
  });
  const two = { id: "r", version: 1, name: "r", stages: [stage(2), stage(1)] };
  const cases: [string, Given[], { stage: number; missingHere: number; missing: number }][] = [
    ["nothing given", [], { stage: 1, missingHere: 2, missing: 3 }],
    ["one of two", [word("a", 1)], { stage: 1, missingHere: 1, missing: 2 }],
    ["the first stage is full", [word("a", 1), word("b", 1)], { stage: 2, missingHere: 1, missing: 1 }],
    ["all given", [word("a", 1), word("b", 1), word("c", 2)], { stage: 3, missingHere: 0, missing: 0 }],
    [
      "an approval of something else counts for nothing",
      [word("a", 1, { digest: "old" })],
      { stage: 1, missingHere: 2, missing: 3 },
    ],
    ["an edit is no approval", [word("a", 1, { verdict: "edit" })], { stage: 1, missingHere: 2, missing: 3 }],
    [
      "too many in one stage fill no other",
      [word("a", 1), word("b", 1), word("c", 1)],
      { stage: 2, missingHere: 1, missing: 1 },
    ],
  ];
  test.each(cases)("%s", (_title, given, expected) => {
    expect(standingUnder(two, given, "d")).toMatchObject(expected);
  });
});

describe("a seat in a stage", () => {
  const who = { me: "u1", skills: ["finance"], usable: ["u2"] };
  test.each([
    ["anybody's", stage(1), { ok: true, onBehalfOf: null }],
    ["one's own", stage(1, { members: ["u1"] }), { ok: true, onBehalfOf: null }],
    ["a lender's", stage(1, { members: ["u2"] }), { ok: true, onBehalfOf: "u2" }],
    ["nobody's one knows", stage(1, { members: ["u3"] }), { ok: false, why: "not_named" }],
    ["for those with the skill", stage(1, { skills: ["finance"] }), { ok: true, onBehalfOf: null }],
    ["theirs to leave", stage(1, { excluded: ["u1"] }), { ok: false, why: "excluded" }],
    [
      "left to the skilled",
      stage(1, { excluded: ["u1"], skills: ["legal"] }),
      { ok: false, why: "excluded" },
    ],
    [
      "of a lender left out",
      stage(1, { members: ["u2", "u3"], excluded: ["u2"] }),
      { ok: false, why: "not_named" },
    ],
    ["no skill is lent", stage(1, { members: ["u2"], skills: ["legal"] }), { ok: false, why: "lacks_skill" }],
  ] as const)("%s", (_title, of, expected) => {
    expect(seatIn(of, who)).toMatchObject(expected);
  });
});

describe("a policy that asks for two reviewers", () => {
  const rule = (stages: ApprovalStage[]) => ({ id: "apr_1", version: 2, name: "Large", stages });
  test("makes two of none and of one, keeping the stage that was there", () => {
    expect(approvalsOf(askingTwo(null))).toBe(2);
    const one = rule([stage(1, { members: ["u1"] })]);
    expect(askingTwo(one)).toMatchObject({
      id: "apr_1",
      stages: [{ members: ["u1"], minimum: 1 }, { minimum: 1 }],
    });
  });
  test("leaves a rule alone that asks for as many, and its own once it is kept", () => {
    const two = rule([stage(2)]);
    expect(askingTwo(two)).toBe(two);
    expect(askingTwo(askingTwo(null))).toEqual(askingTwo(null));
  });
});
