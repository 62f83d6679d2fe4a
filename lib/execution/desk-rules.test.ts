import { describe, expect, test } from "vitest";
import { deskOffers, type DeskFacts } from "./desk-rules";
import { executionStatuses } from "./schema";

const dead: DeskFacts = {
  status: "dead",
  needsPerson: true,
  class: "A",
  canLookUp: true,
  isAbsent: false,
  isKeyOver: false,
  isLate: false,
  isRetryAsked: false,
  isApprover: false,
  mayDesk: true,
};
const offersOf = (change: Partial<DeskFacts>) => deskOffers({ ...dead, ...change });
const offered = (kind: "lookUp" | "resolve" | "retry", change: Partial<DeskFacts> = {}) =>
  executionStatuses.filter((status) => offersOf({ status, ...change })[kind].refusal === null);

describe("what is offered, by state", () => {
  test("a look-up of what is open", () => {
    expect(offered("lookUp")).toEqual(["unknown", "dead"]);
    expect(offered("lookUp", { canLookUp: false })).toEqual([]);
  });
  test("a resolution of what is open or disputed", () => {
    expect(offered("resolve")).toEqual(["unknown", "dead", "disputed"]);
  });
  test("another send of what is open and nobody else's to find out", () => {
    expect(offered("retry")).toEqual(["unknown", "dead"]);
    expect(offered("retry", { needsPerson: false })).toEqual(["dead"]);
    expect(offered("retry", { isRetryAsked: true })).toEqual([]);
  });
});

describe("who", () => {
  test("whoever approved it settles nothing, and may still look", () => {
    const { lookUp, resolve, retry } = offersOf({ isApprover: true });
    expect([lookUp.refusal, resolve.refusal?.code, retry.refusal?.code]).toEqual([
      null,
      "own_approval",
      "own_approval",
    ]);
  });
  test("an auditor reads", () => {
    const { lookUp, resolve, retry } = offersOf({ mayDesk: false });
    expect([lookUp, resolve, retry].map(({ refusal }) => refusal?.code)).toEqual(Array(3).fill("forbidden"));
  });
});

test("an approval that is over is not used again", () => {
  expect(offersOf({ isLate: true }).retry.refusal?.code).toBe("approval_lapsed");
  expect(offersOf({ isLate: true }).resolve.refusal).toBeNull();
});

test.each<[string, Partial<DeskFacts>, RegExp | null, boolean]>([
  ["A within its key's life", {}, null, false],
  ["A after it", { isKeyOver: true }, /no longer keeps our key/, false],
  ["B nobody looked up", { class: "B" }, /Nobody has looked/, true],
  ["B that is not there", { class: "B", isAbsent: true }, null, false],
  ["C", { class: "C", canLookUp: false }, /cannot recognise/, false],
])("the warning before sending again: %s", (_what, change, warning, isBlind) => {
  const { retry } = offersOf(change);
  expect(retry.isBlind).toBe(isBlind);
  if (warning) expect(retry.warning).toMatch(warning);
  else expect(retry.warning).toBeNull();
});
